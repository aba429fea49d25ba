//! What a chart says of a stay that ends.

use super::ChartView;
use crate::domain::{Date, Discharge, DischargeKnown, Episode, LevelDecision, Number};
use crate::packs::Instruments;
use crate::rules::discharge::{Around, SignedDischarge, Stay, known};
use crate::rules::plan::mandated::columns;
use crate::rules::plan::review::SignedReview;

impl ChartView {
    /// Returns what is known of the stay that a summary ends; of an amendment, what was known when it was signed.
    pub fn stay_known(&self, discharge: &Discharge, today: Date, measures: &Instruments) -> DischargeKnown {
        if let Some(then) = &discharge.known {
            return then.as_ref().clone();
        }
        let Some(episode) = self.open_episode().filter(|one| one.number == discharge.episode) else {
            return DischargeKnown::default();
        };
        let nothing = Stay::default();
        let (number, plan) = (episode.number, &self.plan);
        let levels: Vec<&LevelDecision> = self.levels.iter().map(|kept| &kept.value).collect();
        let mut reviews: Vec<&SignedReview> =
            plan.reviews.iter().filter(|one| one.episode == number && one.stands).collect();
        reviews.sort_by_key(|one| (one.on, one.doc));
        let version = plan.newest(number).map(|one| (one.facts.version, one.signed));
        let diagnoses: Vec<_> = self.diagnoses.iter().map(|kept| &kept.value).collect();
        let filled: Vec<_> = self.measures.iter().map(|kept| &kept.value).collect();
        let needs: Vec<_> = self.needs.iter().rev().map(|kept| &kept.value).collect();
        let short: Vec<_> = self.short.iter().collect();
        known(&Around {
            episode,
            levels: &levels,
            assessments: &self.assessments,
            plan: &plan.plan,
            reviews: &reviews,
            version,
            safety: self.safety_plan().filter(|one| one.episode == number).map(|one| (one.version, one.on)),
            diagnoses: &diagnoses,
            measures: &filled,
            instruments: measures,
            wants: self.wants.as_ref().map(|kept| &kept.value),
            needs: &needs,
            stay: self.stay.as_deref().unwrap_or(&nothing),
            mandated: episode.mandated.then(|| {
                let days = &self.person.summary.days;
                columns(episode, days, &plan.plan, (&plan.versions, &plan.reviews))
            }),
            short: &short,
            today,
        })
    }

    /// Returns the summary that ended an episode, as it counts now.
    pub fn discharge_of(&self, episode: Number) -> Option<&SignedDischarge> {
        self.discharges.iter().rev().find(|one| one.episode == episode && one.stands)
    }

    /// Returns the newest episode that has ended.
    pub fn last_stay(&self) -> Option<&Episode> {
        let ended = self.episodes.iter().map(|kept| &kept.value).filter(|one| one.discharged.is_some());
        ended.max_by_key(|one| one.number)
    }
}
