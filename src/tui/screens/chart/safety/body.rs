//! The version that is being written: its rows, and what they are answered with.

use super::signed::part_rows;
use crate::domain::{ClientId, SafetyPart, SafetyPlan, TookPart, counted};
use crate::rules::safety::{Item, SafetyKnown, items, lacks};
use crate::rules::when::{self, Lean};
use crate::service::api::{ChartView, DocAsk, DraftBody};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screen::Step;
use crate::tui::screens::chart::asked::{Asked, INDENTED, Page, Shown, labelled, styled, under};
use crate::tui::screens::chart::asking::{ask, to_room};
use crate::tui::screens::chart::blocks::Blocks;
use crate::tui::screens::chart::plan::signing::whose;
use crate::tui::screens::chart::sheet::Body;
use crate::tui::screens::chart::written::Title;
use crate::tui::theme::Role;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

impl Body for SafetyPlan {
    fn of(body: &DraftBody) -> Option<Self> {
        if let DraftBody::Safety(plan) = body { Some(plan.as_ref().clone()) } else { None }
    }

    fn body(&self) -> DraftBody {
        DraftBody::Safety(Box::new(self.clone()))
    }

    fn client(&self) -> ClientId {
        self.client
    }

    fn is_blank(&self) -> bool {
        Self::is_blank(self)
    }
}

/// What belongs in a part, as one would ask for it.
fn titles_of(part: SafetyPart) -> &'static [Title] {
    match part {
        SafetyPart::Signs => {
            &[("Warning signs", "thoughts, moods, places, what happens before; in their words")]
        }
        SafetyPart::Coping => &[("I can do", "what has helped before, without anybody else")],
        SafetyPart::Company => &[("Company", "who and where takes their mind off it, with phone numbers")],
        SafetyPart::Help => &[("I can ask", "whom they can tell, in which order, with phone numbers")],
        SafetyPart::Services => {
            &[("Day and night", "names, hours, phones; who answers at night; the hospital")]
        }
        SafetyPart::Place => &[("My place", "what is put out of reach, where, by whom, since when")],
        SafetyPart::Worth => &[("Worth it", "people, animals, plans, beliefs; in their words")],
    }
}

impl Asked for SafetyPlan {
    type Item = Item;
    type Known = SafetyKnown;

    const SCOPE: Scope = Scope::Safety;
    const NAME: &'static str = "safety plan";
    const BEHIND: Action = Action::SafetyPlan;
    const DIGITS: bool = false;

    fn known(&self, chart: &ChartView, cx: &Cx) -> SafetyKnown {
        let of = chart.safeties.iter().find(|one| one.doc == self.from);
        let open = chart.open_episode().map(|episode| episode.number);
        let from = of.map(|one| {
            let earlier = one.from_earlier(open).map(|words| format!(", {words}")).unwrap_or_default();
            format!(
                "begun with the words of version {}, {}{earlier}",
                one.version,
                when::short(one.on, cx.today())
            )
        });
        let due = cx.caseload();
        SafetyKnown {
            first: !chart.has_safety_plan(),
            from: from.unwrap_or_default(),
            by_rule: due.and_then(|context| context.due().safety_look(&chart.person.summary, cx.today())),
            help_now: cx.front.front.help_now.trim().to_owned(),
        }
    }

    fn items(&self, _known: &SafetyKnown) -> Vec<Item> {
        items()
    }

    fn lacks(&self, known: &SafetyKnown) -> Vec<(Item, String)> {
        lacks(self, known.first)
    }

    fn blanks(&self) -> Vec<Item> {
        let empty = |part: &SafetyPart| self.part(*part).trim().is_empty();
        SafetyPart::ALL.into_iter().filter(empty).map(Item::Part).collect()
    }

    fn more_words(_item: Item) -> &'static str {
        "write who else took part"
    }

    fn choices(item: Item) -> Vec<&'static str> {
        match item {
            Item::TookPart => TookPart::ALL.map(TookPart::word).to_vec(),
            Item::Part(_) | Item::LookAgain => Vec::new(),
        }
    }

    fn answer(&mut self, item: Item, digit: u8) {
        match item {
            Item::TookPart => {
                let at = usize::from(digit).checked_sub(1);
                self.took_part = at.and_then(|at| TookPart::ALL.get(at)).copied();
            }
            Item::LookAgain if digit == 0 => self.look_again = None,
            Item::Part(_) | Item::LookAgain => {}
        }
    }

    fn titles(item: Item) -> &'static [Title] {
        match item {
            Item::Part(part) => titles_of(part),
            Item::TookPart => &[("Who else", "name and role of who else took part")],
            Item::LookAgain => &[],
        }
    }

    fn texts(&mut self, item: Item) -> Vec<&mut String> {
        match item {
            Item::Part(part) => vec![self.part_mut(part)],
            Item::TookPart => vec![&mut self.participants],
            Item::LookAgain => Vec::new(),
        }
    }

    fn window(&self, item: Item, chart: &ChartView, _cx: &Cx) -> Option<Step> {
        (item == Item::LookAgain).then(|| look_again(self, chart))
    }

    fn accept(&mut self, item: Item, known: &SafetyKnown, _chart: &ChartView) -> Result<(), &'static str> {
        match item {
            Item::Part(SafetyPart::Services) if known.help_now.is_empty() => {
                Err("Help now is empty: an admin writes the agency's lines there.")
            }
            Item::Part(SafetyPart::Services) if self.services.contains(&known.help_now) => {
                Err("The agency's lines are in it already.")
            }
            Item::Part(SafetyPart::Services) => {
                let before = self.services.trim_end();
                let space = if before.is_empty() { "" } else { "\n" };
                self.services = format!("{before}{space}{}", known.help_now);
                Ok(())
            }
            _ => Err("Nothing is offered here."),
        }
    }

    fn title(shown: &Shown<'_, Self>, cx: &Cx) -> String {
        format!("Safety plan, begun {}", when::short(shown.sheet.body.on, cx.today()))
    }

    fn name_of(item: Item, _shown: &Shown<'_, Self>) -> String {
        match item {
            Item::Part(part) => part.title().to_owned(),
            Item::TookPart => "How the client took part".to_owned(),
            Item::LookAgain => "The day to look at it again".to_owned(),
        }
    }

    fn does(item: Item, shown: &Shown<'_, Self>, cx: &Cx) -> String {
        let key = |action| cx.key(action, Scope::Safety);
        match item {
            Item::Part(SafetyPart::Services) if !shown.known.help_now.is_empty() => format!(
                "{} writes the client's words. {} puts in the agency's lines: {}",
                key(Action::Open),
                key(Action::AcceptProposal),
                shown.known.help_now
            ),
            Item::Part(_) => {
                format!("Type the client's words, or press {} to go on with them.", key(Action::Open))
            }
            Item::TookPart => String::new(),
            Item::LookAgain => format!("{} writes another day.", key(Action::Open)),
        }
    }

    fn details(item: Item, shown: &Shown<'_, Self>, _chart: &ChartView, _cx: &Cx) -> Vec<String> {
        match item {
            Item::Part(part) => {
                titles_of(part).iter().map(|(_, belongs)| format!("Belongs here: {belongs}.")).collect()
            }
            Item::TookPart => vec!["A version that only changes a line need not say it again.".to_owned()],
            Item::LookAgain => shown
                .known
                .by_rule
                .map(|on| format!("By the rules of the program: {}.", when::with_year(on)))
                .into_iter()
                .collect(),
        }
    }

    fn blocks(shown: &Shown<'_, Self>, _chart: &ChartView, cx: &Cx, width: usize) -> Blocks<Item> {
        let body = &shown.sheet.body;
        let mut blocks = Blocks::new();
        for line in under(&shown.known.from, 0, Role::Dim, cx, width) {
            blocks.line(line);
        }
        part_rows(&mut blocks, body, cx, width);
        let took = match (body.took_part, shown.known.first) {
            (Some(took), _) => took.word(),
            (None, true) => "not answered yet",
            (None, false) => "not said in this version",
        };
        let mut lines = vec![labelled("8 Took part", vec![styled(took, Role::Normal, cx)], cx)];
        lines.extend(under(&body.participants, INDENTED, Role::Normal, cx, width));
        blocks.row(Item::TookPart, lines);
        let look = match (body.look_again, shown.known.by_rule) {
            (Some(on), _) => when::short(on, cx.today()),
            (None, Some(on)) => format!("{}, by the rule", when::short(on, cx.today())),
            (None, None) => "no day".to_owned(),
        };
        blocks.row(Item::LookAgain, vec![labelled("9 Look again", vec![styled(look, Role::Normal, cx)], cx)]);
        blocks
    }

    fn sign(shown: &Shown<'_, Self>, chart: &ChartView, cx: &Cx) -> Step {
        sign(shown, chart, cx)
    }

    fn deleted() -> &'static str {
        "The safety plan that is signed stays as it is."
    }

    fn teach(cx: &Cx) -> String {
        let key = cx.key(Action::EditLine, Scope::Safety);
        format!("No version of the safety plan is open here. {key} begins one.")
    }
}

/// The day to look at it again.
fn look_again(plan: &SafetyPlan, chart: &ChartView) -> Step {
    let field =
        Field::date("on", "Look again", plan.look_again, Lean::Future).hint("T+14, 2 w; empty: by the rule");
    ask(chart, "The day to look at it again", Form::new("Save", vec![field]), |form, _, cx| {
        let on = form.date("on", cx.today());
        if on.is_none() && !form.typed("on").trim().is_empty() {
            return Err(Wrong::new("on", "This is not a date. Type it like T+14, 2026-12-04 or 12/4/26."));
        }
        if on.is_some_and(|on| on <= cx.today()) {
            return Err(Wrong::new("on", "Choose a day that is still to come, like T+14."));
        }
        Ok(to_room(move |room: &mut Page<SafetyPlan>, chart, cx| {
            room.set(Item::LookAgain, |plan| plan.look_again = on, chart, cx)
        }))
    })
    .open()
}

/// Whose plan it is, what is in it, and the secret.
fn sign(shown: &Shown<'_, SafetyPlan>, chart: &ChartView, cx: &Cx) -> Step {
    let body = &shown.sheet.body;
    let filled = SafetyPart::ALL.iter().filter(|part| !body.part(**part).trim().is_empty()).count();
    let mut lines = vec![
        whose(chart, cx),
        format!("{} of 7 parts, {}.", filled, counted(body.words() as usize, "word", "words")),
    ];
    let before = chart.safeties.iter().find(|one| one.doc == body.from).and_then(|one| one.plan.as_deref());
    if let Some(before) = before {
        lines.push(changed(before, body));
    }
    if body.amends > 0 {
        lines.push(format!("It replaces the version before: {}", body.reason));
    }
    let field = Field::secret("secret", "Passphrase or PIN").required();
    ask(chart, "Sign the safety plan", Form::new("Sign", vec![field]).to_missing(), |form, _, _| {
        let passphrase = form.secret("secret");
        Ok(to_room(move |room: &mut Page<SafetyPlan>, _, _| {
            room.signing(move |save, _| Step::Ask(DocAsk::Sign { save, passphrase }.into()))
        }))
    })
    .lines(lines)
    .open()
}

/// Which parts are other than in the version before.
fn changed(before: &SafetyPlan, now: &SafetyPlan) -> String {
    let other = |part: &&SafetyPart| before.part(**part).trim() != now.part(**part).trim();
    let parts: Vec<&str> = SafetyPart::ALL.iter().filter(other).map(|part| part.title()).collect();
    match parts.as_slice() {
        [] => "Gone through again; no word is changed.".to_owned(),
        parts => format!("Changed: {}.", parts.join(", ")),
    }
}
