//! The life of a note at the real front desk: co-signed, returned, amended, entered in error, moved before it was signed.

use crate::rig::Rig;
use concord::domain::*;
use concord::rules::owed::Duty;
use concord::service::api::*;
use concord::service::fault::FaultKind;
use concord::store::{DocLife, Expect, Outcome};

/// Rosa (everything), Kim who supervises, Sam who needs co-signatures, Lee who counsels beside him, Ben who supervises others.
pub struct House {
    pub rig: Rig,
    pub kim: StaffId,
    pub sam: StaffId,
    pub jo: ClientId,
    pub ann: ClientId,
}

pub fn house() -> House {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let kim = rig.hire("kim", &[Role::Supervisor], None);
    let sam = rig.hire("sam", &[Role::Counselor], Some(kim));
    rig.hire("lee", &[Role::Counselor], None);
    rig.hire("ben", &[Role::Supervisor], None);
    let rows = rig.staff_rows(StaffAsk::List);
    let row = rows.into_iter().find(|row| row.staff.value.id == sam).unwrap();
    let staff = Box::new(Staff { cosign_needed: true, ..row.staff.value });
    rig.staff_rows(StaffAsk::Change { staff, rev: row.staff.rev });
    rig.lock();
    rig.sign_in("sam");
    let jo = rig.admitted("Jo", "Rivera");
    let ann = rig.admitted("Ann", "Smith");
    House { rig, kim, sam, jo, ann }
}

impl House {
    pub fn turn(&mut self, login: &str) {
        self.rig.lock();
        self.rig.sign_in(login);
    }

    /// Begins a note and fills every section with these words; gives its number.
    pub fn draft(&mut self, client: ClientId, words: &str, addendum_to: Number) -> DraftSave {
        let view = self.rig.draft(DocAsk::NewNote { client, format: String::new(), addendum_to });
        self.fill(view, words, "")
    }

    pub fn fill(&mut self, view: DraftView, words: &str, reason: &str) -> DraftSave {
        let DraftBody::Note(mut note) = view.body else { panic!("no note") };
        note.sections.iter_mut().for_each(|section| section.text = format!("{words} ({})", section.key));
        reason.clone_into(&mut note.reason);
        let save =
            DraftSave { client: view.client, number: view.number, edits: 1, body: DraftBody::Note(note) };
        self.rig.ok(DocAsk::Save(save.clone()).into());
        save
    }

    pub fn sign(&mut self, save: DraftSave) -> Done {
        self.rig.done(DocAsk::Sign { save, passphrase: Rig::secret() }.into())
    }

    /// Writes and signs a note; gives its number.
    pub fn note(&mut self, client: ClientId, words: &str) -> Number {
        let save = self.draft(client, words, 0);
        let done = self.sign(save);
        done.chart.unwrap().notes.iter().map(|head| head.number).max().unwrap()
    }

    pub fn read(&mut self, client: ClientId, number: Number) -> DocView {
        match self.rig.ok(DocAsk::TakeUp { client, number }.into()) {
            Answer::Document(note) => *note,
            other => panic!("no note: {other:?}"),
        }
    }

    pub fn cosign(&mut self, client: ClientId, number: Number) {
        self.rig.done(DocAsk::CoSign { client, number, passphrase: Rig::secret() }.into());
    }

    fn give_back(&mut self, client: ClientId, number: Number, comment: &str) {
        self.rig.done(DocAsk::Return { client, number, comment: comment.into() }.into());
    }

    pub fn amend(&mut self, client: ClientId, number: Number) -> DraftView {
        self.rig.draft_of(DocAsk::Amend { client, number, reason: "a word was missing".to_owned() }.into())
    }

    /// What the person who signs in afresh is told they owe, and is theirs to do.
    pub fn owed(&mut self, login: &str) -> Vec<(Duty, ClientId, Number)> {
        self.turn(login);
        let of_documents = |duty| {
            matches!(
                duty,
                Duty::Unsigned(_) | Duty::Returned | Duty::CoSign | Duty::Agree | Duty::MissingNote
            )
        };
        let lines = self.rig.session().owed.iter().filter(|line| line.mine && of_documents(line.owed.duty));
        lines.map(|line| (line.owed.duty, line.owed.client, line.owed.number)).collect()
    }

    fn refused(&mut self, ask: DocAsk, kind: FaultKind) {
        let before = self.rig.engine_head();
        let fault = self.rig.fault(ask.into());
        assert_eq!(fault.kind, kind, "{fault}");
        assert_eq!(self.rig.engine_head(), before, "a refusal writes nothing");
    }
}

fn state(view: &DocView) -> LifeState {
    view.lives
        .iter()
        .find(|life| life.number == view.part.number)
        .map_or(LifeState::Signed, |life| life.state)
}

#[test]
fn a_note_of_somebody_who_needs_it_waits_and_is_co_signed() {
    let mut house = house();
    let jo = house.jo;
    let save = house.draft(jo, "Came on time.", 0);
    let said = house.sign(save).said;
    assert!(said.contains("waits for co-signature by kim Person"), "{said}");
    assert_eq!(house.owed("sam"), [], "nothing is left to the author");
    assert_eq!(house.owed("ben"), [], "he supervises others");
    assert_eq!(house.owed("kim"), [(Duty::CoSign, jo, 1)]);
    // Not unread, not by the wrong passphrase, not by the author or another supervisor's.
    house.refused(DocAsk::CoSign { client: jo, number: 1, passphrase: Rig::secret() }, FaultKind::User);
    let note = house.read(jo, 1);
    assert!(note.may.co_sign && !note.may.amend && state(&note) == LifeState::AwaitsCosign);
    let wrong = Secret::new("not it at all".into());
    assert_eq!(
        house.rig.fault(DocAsk::CoSign { client: jo, number: 1, passphrase: wrong }.into()).kind,
        FaultKind::Denied
    );
    house.cosign(jo, 1);
    let note = house.read(jo, 1);
    assert!(note.part.intact && note.co_signed[0].holds && !note.may.co_sign);
    assert_eq!(state(&note), LifeState::CoSigned);
    let co_signer = &note.lives[0].co_signed[0];
    assert_eq!((co_signer.by, co_signer.by_name.as_str()), (house.kim, "kim Person"));
    assert_eq!(note.part.by, "sam Person", "the author never changes");
    assert_eq!(note.lives[0].author, house.sam);
    assert_eq!(house.owed("kim"), []);
    house.turn("ben");
    house.refused(DocAsk::CoSign { client: jo, number: 1, passphrase: Rig::secret() }, FaultKind::Denied);
    house.turn("sam");
    house.read(jo, 1);
    house.refused(DocAsk::CoSign { client: jo, number: 1, passphrase: Rig::secret() }, FaultKind::Denied);
}

#[test]
fn a_returned_note_is_answered_by_an_amendment_which_comes_back() {
    let mut house = house();
    let jo = house.jo;
    house.note(jo, "Came on time.");
    house.turn("kim");
    house.refused(DocAsk::Return { client: jo, number: 1, comment: " ".into() }, FaultKind::User);
    house.give_back(jo, 1, "Say what was agreed for the weekend.");
    assert_eq!(house.owed("kim"), []);
    assert_eq!(house.owed("sam"), [(Duty::Returned, jo, 1)]);
    let note = house.read(jo, 1);
    assert_eq!(note.remarks[0].remark.text, "Say what was agreed for the weekend.");
    assert!(note.may.amend);
    // Nobody else hears that it was returned, nor why.
    house.turn("ben");
    let note = house.read(jo, 1);
    assert_eq!(state(&note), LifeState::AwaitsCosign);
    assert!(note.remarks.is_empty() && note.lives[0].returned.is_empty());
    let chart = house.rig.open(jo);
    assert_eq!((chart.lives[0].state, chart.lives[0].returned.len()), (LifeState::AwaitsCosign, 0));

    house.turn("sam");
    let view = house.amend(jo, 1);
    let again = house.amend(jo, 1);
    assert_eq!(view.number, again.number, "one amendment at a time: the one begun is taken up");
    let save = house.fill(view.clone(), "Came on time. Agreed: sister on Saturday.", " ");
    let fault = house.rig.fault(DocAsk::Sign { save, passphrase: Rig::secret() }.into());
    assert!(fault.what.contains("has no reason yet"), "{fault}");
    let save = house.fill(view, "Came on time. Agreed: sister on Saturday.", "what was agreed was missing");
    house.sign(save);
    assert_eq!(house.owed("sam"), []);
    assert_eq!(house.owed("kim"), [(Duty::CoSign, jo, 2)]);
    // The old version leads to the new one; both are there, byte for byte, and the comment with them.
    let note = house.read(jo, 1);
    assert_eq!((note.part.number, note.part.amends), (2, 1));
    assert_eq!(note.part.reason, "what was agreed was missing");
    assert_eq!(note.versions.len(), 1);
    assert!(note.versions[0].content.blocks.iter().any(|block| block.words().starts_with("Came on time. (")));
    assert!(note.versions[0].intact && note.part.intact && note.remarks.len() == 1);
    house.cosign(jo, 2);
    house.turn("sam");
    house.refused(
        DocAsk::Amend { client: jo, number: 1, reason: "a word was missing".to_owned() },
        FaultKind::User,
    );
    assert_eq!(house.amend(jo, 2).number, 1);
}

#[test]
fn an_addendum_answers_too_and_is_co_signed_with_its_note() {
    let mut house = house();
    let jo = house.jo;
    house.note(jo, "Came on time.");
    house.turn("kim");
    house.give_back(jo, 1, "Add who was told.");
    house.turn("sam");
    let save = house.draft(jo, "The sister was told.", 1);
    house.sign(save);
    assert_eq!(house.owed("kim"), [(Duty::CoSign, jo, 1)], "one piece of work, not two");
    let note = house.read(jo, 1);
    assert_eq!(note.addenda.len(), 1);
    house.cosign(jo, 1);
    let note = house.read(jo, 1);
    assert!(note.lives.len() == 2 && note.lives.iter().all(|life| life.state == LifeState::CoSigned));
    assert_eq!(house.owed("kim"), []);
}

#[test]
fn entered_in_error_takes_a_reason_and_a_second_person() {
    let mut house = house();
    let (jo, ann) = (house.jo, house.ann);
    house.note(jo, "An hour at the court.");
    house.turn("kim");
    house.read(jo, 1);
    house.cosign(jo, 1);
    house.turn("sam");
    let empty = DocAsk::CallInError { client: jo, number: 1, reason: String::new() };
    house.refused(empty, FaultKind::User);
    let reason = "This is Ann's session.";
    house.rig.done(DocAsk::CallInError { client: jo, number: 1, reason: reason.into() }.into());
    house.refused(DocAsk::AgreeInError { client: jo, number: 1, passphrase: Rig::secret() }, FaultKind::User);
    house.refused(
        DocAsk::Amend { client: jo, number: 1, reason: "a word was missing".to_owned() },
        FaultKind::User,
    );
    // Taken back, said again.
    house.rig.done(DocAsk::DeclineInError { client: jo, number: 1 }.into());
    house.rig.done(DocAsk::CallInError { client: jo, number: 1, reason: reason.into() }.into());
    assert_eq!(house.owed("kim"), [(Duty::Agree, jo, 1)]);
    house.turn("lee");
    house.refused(
        DocAsk::AgreeInError { client: jo, number: 1, passphrase: Rig::secret() },
        FaultKind::Denied,
    );
    house.turn("kim");
    let before = house.rig.open(jo);
    assert!(before.person.summary.last_contact.is_some());
    house.rig.done(DocAsk::AgreeInError { client: jo, number: 1, passphrase: Rig::secret() }.into());
    let chart = house.rig.open(jo);
    assert!(chart.lives[0].is_in_error() && chart.notes.len() == 1, "it is kept");
    assert_eq!(chart.person.summary.last_contact, None, "and no longer counts as a contact");
    let error = house.read(jo, 1).lives[0].error.clone().unwrap();
    assert_eq!((error.said.by_name.as_str(), error.said.reason.as_str()), ("sam Person", reason));
    assert_eq!(error.agreed.unwrap().0, "kim Person");
    house.refused(DocAsk::DeclineInError { client: jo, number: 1 }, FaultKind::User);
    assert_eq!(house.owed("kim"), []);
    assert_eq!(house.rig.open(ann).notes.len(), 0);
}

#[test]
fn an_unsigned_draft_moves_to_the_chart_it_belongs_in() {
    let mut house = house();
    let (jo, ann) = (house.jo, house.ann);
    let command = house.rig.problem(jo, "evenings alone", "");
    house.rig.done(command);
    let mut save = house.draft(jo, "An hour about the flat.", 0);
    if let DraftBody::Note(note) = &mut save.body {
        note.links = vec![1];
        note.answers.stages = vec![(1, Stage::Action)];
        let text = &mut note.sections[2].text;
        *text = "copied of Jo; and new.".into();
        let section = note.sections[2].key.clone();
        note.copied = vec![Copied { section, start: 0, end: 14, from: 1, in_common: false }];
    }
    house.rig.ok(DocAsk::Save(save.clone()).into());
    let events = house.rig.audit_events();
    let view = house.rig.draft_of(DocAsk::MoveDraft { client: jo, number: save.number, to: ann }.into());
    let DraftBody::Note(note) = &view.body else { panic!("a note") };
    assert_eq!(view.client, ann);
    assert!(note.links.is_empty() && note.answers.stages.is_empty() && note.copied.is_empty());
    assert_eq!(note.sections[2].text, "«to be written again» and new.");
    assert!(note.sections[0].text.contains("about the flat"));
    let told = house.rig.audit_events().split_off(events.len());
    let told: Vec<_> = told.iter().map(|event| (event.act, event.client)).collect();
    assert_eq!(told, [(Act::DraftMovedAway, Some(jo)), (Act::DraftMovedHere, Some(ann))]);
    assert!(house.rig.open(jo).drafts.is_empty() && house.rig.open(ann).drafts.len() == 1);
    // Signed notes do not move, nor what belongs to one, nor to a chart one may not write in.
    let save = DraftSave { client: ann, number: view.number, edits: 2, body: view.body.clone() };
    house.sign(save);
    let addendum = house.draft(ann, "More.", 1);
    let ask = DocAsk::MoveDraft { client: ann, number: addendum.number, to: jo };
    house.refused(ask, FaultKind::User);
    house.turn("rosa");
    let other = house.rig.admitted("Bea", "Lund");
    house.turn("sam");
    let save = house.draft(jo, "Words.", 0);
    house.refused(DocAsk::MoveDraft { client: jo, number: save.number, to: other }, FaultKind::Denied);
}

#[test]
fn several_are_signed_with_one_passphrase_if_each_was_opened() {
    let mut house = house();
    let (jo, ann) = (house.jo, house.ann);
    let first = house.draft(jo, "Jo's hour.", 0);
    let second = house.draft(ann, "Ann's hour.", 0);
    let third = house.draft(ann, "Ann's other hour.", 0);
    house.turn("sam");
    for (client, number) in [(jo, first.number), (ann, second.number)] {
        house.rig.draft(DocAsk::Open { client, number });
    }
    // The second is typed on after it was read.
    let mut changed = second.clone();
    if let DraftBody::Note(note) = &mut changed.body {
        note.sections[0].text.push_str(" More.");
    }
    house.rig.ok(DocAsk::Save(changed).into());
    let items =
        [(jo, first.number), (ann, second.number), (ann, third.number)].map(|(c, n)| Several::Draft(c, n));
    let ask = DocAsk::SignSeveral { items: items.to_vec(), passphrase: Rig::secret() };
    let Answer::Several(done) = house.rig.ok(ask.into()) else { panic!("not several") };
    assert_eq!(done.signed, 1);
    assert_eq!(done.refused.iter().map(|(item, _)| *item).collect::<Vec<_>>(), items[1..]);
    // Co-signing several: each is read first.
    house.turn("kim");
    house.read(jo, 1);
    let items = vec![Several::CoSign(jo, 1), Several::CoSign(jo, 1)];
    let wrong = Secret::new("not the passphrase".into());
    house.refused(DocAsk::SignSeveral { items: Vec::new(), passphrase: Rig::secret() }, FaultKind::User);
    let fault = house.rig.fault(DocAsk::SignSeveral { items: items.clone(), passphrase: wrong }.into());
    assert_eq!(fault.kind, FaultKind::Denied);
    let Answer::Several(done) = house.rig.ok(DocAsk::SignSeveral { items, passphrase: Rig::secret() }.into())
    else {
        panic!("not several")
    };
    assert_eq!((done.signed, done.refused.len()), (1, 0), "named twice, signed once");
}

#[test]
fn what_is_owed_is_told_with_the_answer_that_changed_it() {
    let mut house = house();
    let jo = house.jo;
    let ask = |command| Ask { ticket: 1, epoch: house.rig.session().epoch, command };
    let new = ask(DocAsk::NewNote { client: jo, format: String::new(), addendum_to: 0 }.into());
    let open = ask(Command::Chart(ChartAsk::Open(jo)));
    let owed = house.rig.desk.answer(new).owed.expect("a draft is owed to be signed");
    let drafts: Vec<_> = owed.iter().filter(|line| line.owed.duty == Duty::Unsigned(DocKind::Note)).collect();
    assert_eq!((drafts.len(), drafts[0].mine), (1, true));
    assert!(drafts[0].about.starts_with("DAP note"), "{}", drafts[0].about);
    assert_eq!(house.rig.desk.answer(open).owed, None, "nothing changed");
    // The supervisor sees it as one of their people's, late as the agency reckons it.
    house.rig.advance_ms(30 * Moment::HOUR);
    house.turn("kim");
    let is_draft = |line: &&concord::service::api::OwedLine| line.owed.duty == Duty::Unsigned(DocKind::Note);
    let line = house.rig.session().owed.iter().find(is_draft).expect("the draft").clone();
    assert!(!line.mine && line.owed.is_over(house.rig.clock().now(), house.rig.desk.now().local.date));
    assert_eq!((line.owed.author, line.author.as_str()), (house.sam, "sam Person"));
}

#[test]
fn the_doctor_knows_what_became_of_notes() {
    let mut house = house();
    let jo = house.jo;
    house.note(jo, "First.");
    house.note(jo, "Second.");
    house.turn("kim");
    house.read(jo, 1);
    house.cosign(jo, 1);
    house.give_back(jo, 2, "More.");
    house.rig.done(DocAsk::CallInError { client: jo, number: 1, reason: "twice".into() }.into());
    house.turn("sam");
    house.rig.done(DocAsk::AgreeInError { client: jo, number: 1, passphrase: Rig::secret() }.into());
    house.turn("rosa");
    let found = house.rig.desk.check_up().unwrap();
    assert!(found.wrong_summaries.is_empty(), "what is derived afresh is what is kept");
    assert_eq!((found.broken_signatures, found.unreadable.len()), (0, 0));
}

/// Rates every dimension alike and signs; gives the number of the assessment.
fn rated(house: &mut House, view: DraftView, severity: Severity) -> Number {
    let DraftBody::Assessment(mut grid) = view.body else { panic!("no grid") };
    for cell in &mut grid.cells {
        (cell.severity, cell.carried) = (Some(severity), false);
    }
    let body = DraftBody::Assessment(grid);
    let save = DraftSave { client: view.client, number: view.number, edits: 1, body };
    house.sign(save).chart.unwrap().assessments.last().unwrap().number
}

/// What is signed of an assessment counts for the priorities as long as it stands.
fn ratings(house: &mut House) -> Vec<Option<Severity>> {
    let chart = house.rig.open(house.jo);
    chart.person.summary.ratings.iter().map(|rating| rating.now).collect()
}

#[test]
fn an_assessment_has_the_same_life_as_a_note() {
    let mut house = house();
    let jo = house.jo;
    let begun = house.rig.draft(DocAsk::NewAssessment { client: jo });
    let first = rated(&mut house, begun, Severity::Serious);
    assert_eq!(DocKind::of(first), Some(DocKind::Assessment));
    assert_eq!(house.owed("kim"), [(Duty::CoSign, jo, first)]);
    house.give_back(jo, first, "Home is not that bad.");
    assert_eq!(house.owed("sam"), [(Duty::Returned, jo, first)]);
    let begun = house.amend(jo, first);
    let DraftBody::Assessment(grid) = &begun.body else { panic!("an assessment is amended by one") };
    assert_eq!((grid.amends, grid.reason.as_str()), (first, "a word was missing"));
    assert_eq!(grid.cells[0].severity, Some(Severity::Serious), "it begins as it was signed");
    let second = rated(&mut house, begun, Severity::Mild);
    assert_eq!(ratings(&mut house), [Some(Severity::Mild); 6]);
    let chart = house.rig.open(jo);
    assert_eq!(chart.assessments.iter().map(|one| one.number).collect::<Vec<_>>(), [second]);
    assert_eq!(chart.person.summary.ratings[0].was, [], "what was amended is no earlier rating");
    let view = house.read(jo, first);
    assert_eq!((view.part.number, view.part.reason.as_str()), (second, "a word was missing"));
    assert!(view.part.intact && view.lives_hold && view.versions[0].number == first);
    assert_eq!(house.owed("kim"), [(Duty::CoSign, jo, second)]);
    house.read(jo, second);
    house.cosign(jo, second);
    assert_eq!(state(&house.read(jo, second)), LifeState::CoSigned);
    house.turn("sam");
    house.rig.done(DocAsk::CallInError { client: jo, number: second, reason: "not Jo's".into() }.into());
    assert_eq!(ratings(&mut house), [Some(Severity::Mild); 6], "one person alone takes nothing away");
    house.turn("kim");
    house.rig.done(DocAsk::AgreeInError { client: jo, number: second, passphrase: Rig::secret() }.into());
    assert_eq!(ratings(&mut house), []);
    assert_eq!(house.rig.open(jo).assessments.len(), 0);
}

/// Writes a life over the one that is stored, with the agency's key: what somebody could do who has the files and it.
fn rewrite(house: &House, number: Number, change: impl FnOnce(&mut DocLife)) {
    let (mut store, keys) = house.rig.reader();
    let kept = store.repo(&keys.agency).get::<DocLife>(house.jo, number).unwrap().unwrap();
    let mut life = kept.value;
    change(&mut life);
    let mut transaction = store.begin([7; 16]);
    transaction.put(house.jo, number, Expect::At(kept.rev), &life).unwrap();
    let batch = crate::rig::sealed(&store, &keys, transaction);
    assert_eq!(store.commit(&batch), Outcome::Ok);
}

#[test]
fn an_entry_that_is_not_as_it_was_signed_is_found() {
    let mut house = house();
    let jo = house.jo;
    for words in ["Came on time.", "Came late."] {
        house.note(jo, words);
    }
    house.rig.done(DocAsk::CallInError { client: jo, number: 1, reason: "not Jo's".into() }.into());
    house.rig.done(DocAsk::DeclineInError { client: jo, number: 1 }.into());
    house.turn("kim");
    house.read(jo, 1);
    house.cosign(jo, 1);
    let whole = house.read(jo, 1);
    assert!(whole.lives_hold && whole.co_signed[0].holds);
    let mut kept = Vec::new();
    rewrite(&house, 1, |life| kept = life.entries.clone());
    let mut seen = |change: &dyn Fn(&mut Vec<LifeEntry>)| {
        rewrite(&house, 1, |life| {
            life.entries.clone_from(&kept);
            change(&mut life.entries);
        });
        let Answer::Document(view) = house.rig.ok(DocAsk::Read { client: jo, number: 1 }.into()) else {
            panic!("a note")
        };
        view.lives_hold
    };
    assert!(seen(&|_| {}), "as it was");
    assert!(!seen(&|entries| drop(entries.remove(0))), "one taken out");
    assert!(!seen(&|entries| entries.swap(0, 1)), "two changed places");
    assert!(!seen(&|entries| entries[2].signature = entries[1].signature.clone()), "signed for another one");
    assert!(
        !seen(&|entries| {
            let text = LifeText { what: LifeWhat::NotInError, ..LifeText::default() };
            entries[2].frozen = DocLife::freeze(&text).unwrap();
        }),
        "another text"
    );
    // What was signed under one document is not an entry in the life of another.
    house.turn("sam");
    house.rig.done(DocAsk::CallInError { client: jo, number: 2, reason: "not Jo's".into() }.into());
    rewrite(&house, 2, |life| life.entries = kept[..1].to_vec());
    let Answer::Document(view) = house.rig.ok(DocAsk::Read { client: jo, number: 2 }.into()) else {
        panic!("a note")
    };
    assert!(!view.lives_hold);
}
