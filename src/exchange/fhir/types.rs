//! The resource types of FHIR R4 (4.0.1), and those that other versions have and R4 has not.

/// The type of that name, if R4 or another version has it.
pub(super) fn known(name: &str) -> Option<&'static str> {
    let at = R4.binary_search(&name).ok().map(|at| R4[at]);
    at.or_else(|| OTHERS.iter().flat_map(|(_, names)| names.iter()).find(|known| **known == name).copied())
}

/// The version of FHIR that has this type, where R4 has not.
pub(super) fn version(kind: &str) -> Option<&'static str> {
    OTHERS.iter().find(|(_, names)| names.contains(&kind)).map(|(version, _)| *version)
}

#[rustfmt::skip]
const OTHERS: [(&str, &[&str]); 3] = [
    ("DSTU2", &[
        "Conformance", "DeviceUseRequest", "DiagnosticOrder", "ImagingObjectSelection", "MedicationOrder", "Order",
        "OrderResponse",
    ]),
    ("STU3", &[
        "BodySite", "DataElement", "DeviceComponent", "EligibilityRequest", "EligibilityResponse", "ExpansionProfile",
        "ImagingManifest", "ProcedureRequest", "ProcessRequest", "ProcessResponse", "ReferralRequest", "Sequence",
        "ServiceDefinition",
    ]),
    ("R5", &[
        "ActorDefinition", "AdministrableProductDefinition", "ArtifactAssessment", "BiologicallyDerivedProductDispense",
        "Citation", "ClinicalUseDefinition", "ConditionDefinition", "DeviceAssociation", "DeviceDispense", "DeviceUsage",
        "EncounterHistory", "EvidenceReport", "FormularyItem", "GenomicStudy", "ImagingSelection", "Ingredient",
        "InventoryItem", "InventoryReport", "ManufacturedItemDefinition", "MedicationUsage",
        "MedicinalProductDefinition", "NutritionIntake", "NutritionProduct", "PackagedProductDefinition", "Permission",
        "RegulatedAuthorization", "RequestOrchestration", "Requirements", "SubscriptionStatus", "SubscriptionTopic",
        "SubstanceDefinition", "TestPlan", "Transport",
    ]),
];

/// In alphabetical order.
#[rustfmt::skip]
const R4: &[&str] = &[
    "Account", "ActivityDefinition", "AdverseEvent", "AllergyIntolerance", "Appointment",
    "AppointmentResponse", "AuditEvent", "Basic", "Binary", "BiologicallyDerivedProduct", "BodyStructure",
    "Bundle", "CapabilityStatement", "CarePlan", "CareTeam", "CatalogEntry", "ChargeItem",
    "ChargeItemDefinition", "Claim", "ClaimResponse", "ClinicalImpression", "CodeSystem", "Communication",
    "CommunicationRequest", "CompartmentDefinition", "Composition", "ConceptMap", "Condition", "Consent",
    "Contract", "Coverage", "CoverageEligibilityRequest", "CoverageEligibilityResponse", "DetectedIssue",
    "Device", "DeviceDefinition", "DeviceMetric", "DeviceRequest", "DeviceUseStatement", "DiagnosticReport",
    "DocumentManifest", "DocumentReference", "EffectEvidenceSynthesis", "Encounter", "Endpoint",
    "EnrollmentRequest", "EnrollmentResponse", "EpisodeOfCare", "EventDefinition", "Evidence",
    "EvidenceVariable", "ExampleScenario", "ExplanationOfBenefit", "FamilyMemberHistory", "Flag", "Goal",
    "GraphDefinition", "Group", "GuidanceResponse", "HealthcareService", "ImagingStudy", "Immunization",
    "ImmunizationEvaluation", "ImmunizationRecommendation", "ImplementationGuide", "InsurancePlan",
    "Invoice", "Library", "Linkage", "List", "Location", "Measure", "MeasureReport", "Media", "Medication",
    "MedicationAdministration", "MedicationDispense", "MedicationKnowledge", "MedicationRequest",
    "MedicationStatement", "MedicinalProduct", "MedicinalProductAuthorization",
    "MedicinalProductContraindication", "MedicinalProductIndication", "MedicinalProductIngredient",
    "MedicinalProductInteraction", "MedicinalProductManufactured", "MedicinalProductPackaged",
    "MedicinalProductPharmaceutical", "MedicinalProductUndesirableEffect", "MessageDefinition",
    "MessageHeader", "MolecularSequence", "NamingSystem", "NutritionOrder", "Observation",
    "ObservationDefinition", "OperationDefinition", "OperationOutcome", "Organization",
    "OrganizationAffiliation", "Parameters", "Patient", "PaymentNotice", "PaymentReconciliation", "Person",
    "PlanDefinition", "Practitioner", "PractitionerRole", "Procedure", "Provenance", "Questionnaire",
    "QuestionnaireResponse", "RelatedPerson", "RequestGroup", "ResearchDefinition",
    "ResearchElementDefinition", "ResearchStudy", "ResearchSubject", "RiskAssessment",
    "RiskEvidenceSynthesis", "Schedule", "SearchParameter", "ServiceRequest", "Slot", "Specimen",
    "SpecimenDefinition", "StructureDefinition", "StructureMap", "Subscription", "Substance",
    "SubstanceAmount", "SubstanceNucleicAcid", "SubstancePolymer", "SubstanceProtein",
    "SubstanceReferenceInformation", "SubstanceSourceMaterial", "SubstanceSpecification", "SupplyDelivery",
    "SupplyRequest", "Task", "TerminologyCapabilities", "TestReport", "TestScript", "ValueSet",
    "VerificationResult", "VisionPrescription",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_can_be_searched() {
        assert!(R4.is_sorted());
        assert_eq!(known("Patient"), Some("Patient"));
        assert_eq!(known("patient"), None);
        assert_eq!((known("Frobnicate"), version("Patient")), (None, None));
        assert_eq!((known("Transport"), version("Transport")), (Some("Transport"), Some("R5")));
        assert!(OTHERS.iter().all(|(_, names)| names.iter().all(|name| R4.binary_search(name).is_err())));
    }
}
