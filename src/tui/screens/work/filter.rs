//! Which of what is owed a list shows: whose, and of which kind. Every list of work is narrowed by the same words.

use crate::rules::owed::Duty;
use crate::service::api::OwedLine;
use crate::tui::facts::Cx;
use crate::tui::overlay::Item;

/// Days ahead that belong to *this week*.
const WEEK: i32 = 7;

/// Of which kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Which {
    #[default]
    Everything,
    Overdue,
    Week,
    Notes,
    Plans,
    Tasks,
}

/// The kinds, with the key, the word beside the count, and what they are.
const KINDS: [(Which, &str, &str, &str); 6] = [
    (Which::Everything, "every", "everything", "of every kind and day"),
    (Which::Overdue, "overdue", "overdue", "past its time"),
    (Which::Week, "week", "this week", "overdue, waiting, or due within seven days"),
    (Which::Notes, "notes", "notes", "to write, to sign, to co-sign, returned"),
    (Which::Plans, "plans", "plans and assessments", "first, reviews, to be looked at"),
    (Which::Tasks, "tasks", "tasks", "written down by somebody, requests, contacts, alerts, test results"),
];

/// The kind a duty is of; `None` for danger, which is shown whatever the kind. A new duty does not compile before it has one.
fn kind_of(duty: Duty) -> Option<Which> {
    match duty {
        Duty::Need | Duty::Triage | Duty::Ask => None,
        Duty::Returned | Duty::Unsigned(_) | Duty::MissingNote | Duty::CoSign | Duty::Agree | Duty::State => {
            Some(Which::Notes)
        }
        Duty::Assessment
        | Duty::Review
        | Duty::InitialPlan
        | Duty::Plan
        | Duty::PlanReview
        | Duty::PlanCalled
        | Duty::SafetyPlan => Some(Which::Plans),
        Duty::Alert | Duty::Contact | Duty::TestResult | Duty::Task | Duty::Second(_) => Some(Which::Tasks),
    }
}

/// Whose work the list has besides one's own: that of the people one supervises or, for one who looks after the agency and
/// supervises nobody, everybody's. `None` if nobody owes anything.
fn others(cx: &Cx) -> Option<&'static str> {
    let mut theirs = cx.owed().iter().filter(|line| !line.mine);
    theirs.next().map(|line| if line.agencys { "the whole agency's" } else { "yours and your people's" })
}

/// What a list shows. Danger is on it whatever the kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// With what one's people owe.
    pub all: bool,
    which: Which,
}

impl Filter {
    /// Everything that the people owe whom somebody works with, and one's own.
    pub fn everybody() -> Self {
        Self { all: true, ..Self::default() }
    }

    /// Whether the list shows it.
    pub fn shows(self, line: &OwedLine, cx: &Cx) -> bool {
        (self.all || line.mine) && (line.owed.duty.is_danger() || self.is_kind(line, cx))
    }

    fn is_kind(self, line: &OwedLine, cx: &Cx) -> bool {
        let duty = line.owed.duty;
        match self.which {
            Which::Everything => true,
            Which::Overdue => line.owed.is_over(cx.now.moment, cx.today()),
            Which::Week => line.owed.deadline.is_none_or(|until| until.on <= cx.today().plus_days(WEEK)),
            Which::Notes | Which::Plans | Which::Tasks => kind_of(duty) == Some(self.which),
        }
    }

    /// What can be shown, and the key of the first that is not shown now.
    pub fn items(self, cx: &Cx) -> (Vec<Item>, &'static str) {
        let mut items = Vec::new();
        let others = others(cx);
        if let Some(words) = others {
            items.push(Item::new("mine", "yours", "what you owe").shown_now(!self.all));
            items.push(Item::new("all", words, "what they owe, too").shown_now(self.all));
        }
        let others = others.is_some();
        let kinds = KINDS.iter().map(|(which, key, words, about)| {
            Item::new(*key, *words, *about).shown_now(*which == self.which)
        });
        items.extend(kinds);
        let first = match (others, self.all) {
            (true, true) => "mine",
            (true, false) => "all",
            (false, _) => "overdue",
        };
        (items, first)
    }

    /// Takes over what was chosen.
    pub fn choose(&mut self, key: &str) {
        match key {
            "mine" | "all" => self.all = key == "all",
            _ => self.which = KINDS.iter().find(|kind| kind.1 == key).map_or(self.which, |kind| kind.0),
        }
    }

    /// What is shown, beside the count.
    pub fn words(self, cx: &Cx) -> String {
        let whose = others(cx).filter(|_| self.all).unwrap_or("yours");
        match KINDS.iter().find(|kind| kind.0 == self.which) {
            Some((which, _, words, _)) if *which != Which::default() => format!("{whose}, {words}"),
            _ => whose.to_owned(),
        }
    }

    /// Whether a kind was chosen that leaves others out.
    pub fn narrows(self) -> bool {
        self.which != Which::default()
    }
}
