//! The fields of a short form in a window, and an entry read from them.
//!
//! Owns how each kind of field is asked. A field of a window needs a name that the program knows: the fields of a form and the
//! substances of its panels have names by their place.

use crate::domain::{Hundredths, ShortAnswer, ShortEntry, ShortValue, TestResult, Tested};
use crate::packs::{FieldAsk, MOST_FIELDS, MOST_IN_ALL, Panel, ShortField, ShortForm};
use crate::rules::short_forms::check::Unfit;
use crate::rules::short_forms::{Thread, words};
use crate::rules::when::Lean;
use crate::tui::facts::Cx;
use crate::tui::widgets::choices::Item;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// Names of the fields of a window, by their place in the form.
const FIELDS: [&str; MOST_FIELDS] =
    ["f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11", "f12", "f13", "f14", "f15", "f16"];
/// Names of the substances, by their place among all that the panels have.
const SUBSTANCES: [&str; MOST_IN_ALL] = [
    "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15", "s16",
    "s17", "s18", "s19", "s20", "s21", "s22", "s23", "s24", "s25", "s26", "s27", "s28", "s29", "s30", "s31",
    "s32", "s33", "s34", "s35", "s36", "s37", "s38", "s39", "s40",
];
/// The day of an entry, and why an earlier one is wrong.
pub(super) const DAY: &str = "day";
pub(super) const REASON: &str = "reason";

/// The keys of things to choose: digits, then letters.
fn keys() -> impl Iterator<Item = char> {
    ('1'..='9').chain('a'..='z')
}

fn items<W: AsRef<str>>(words: impl IntoIterator<Item = W>) -> Vec<Item> {
    keys().zip(words).map(|(key, word)| Item::new(key.to_string(), word.as_ref(), "")).collect()
}

/// The key of a word among those that are offered.
fn key_of<W: AsRef<str>>(words: impl IntoIterator<Item = W>, word: &str) -> String {
    let at = keys().zip(words).find(|(_, one)| one.as_ref() == word);
    at.map(|(key, _)| key.to_string()).unwrap_or_default()
}

/// What a window asks of a form.
#[derive(Clone)]
pub(super) struct Asked {
    form: ShortForm,
    /// What came later: only those fields.
    further: bool,
    /// What can be said of each substance, where the test is there already.
    then: Vec<(String, &'static [TestResult])>,
    panel: String,
}

const YES_NO: [&str; 2] = ["yes", "no"];

impl Asked {
    /// Everything the form asks.
    pub(super) fn begins(form: &ShortForm) -> Self {
        Self { form: form.clone(), further: false, then: Vec::new(), panel: String::new() }
    }

    /// What can have come later.
    pub(super) fn further(form: &ShortForm, thread: &Thread<'_>) -> Self {
        let then = thread.substances().iter().map(|one| (one.name.to_owned(), one.now().then())).collect();
        Self { form: form.clone(), further: true, then, panel: thread.panel().to_owned() }
    }

    fn asked(&self) -> impl Iterator<Item = (&'static str, &ShortField)> {
        let all = FIELDS.iter().copied().zip(&self.form.fields);
        all.filter(|(_, field)| !self.further || field.later)
    }

    /// Every substance that any panel has, each once, with its name in the window.
    fn all_substances(&self) -> Vec<(&'static str, &str)> {
        let mut all: Vec<&str> = Vec::new();
        for name in
            self.form.substances().iter().flat_map(|field| &field.panels).flat_map(|one| &one.substances)
        {
            if !all.contains(&name.as_str()) {
                all.push(name);
            }
        }
        SUBSTANCES.iter().copied().zip(all).collect()
    }

    /// The fields of the window, filled in with what an entry says.
    pub(super) fn fields(&self, with: Option<&ShortEntry>, cx: &Cx) -> Vec<Field> {
        let on = with.map_or(cx.today(), |entry| entry.on);
        let label = if self.further { "Known since" } else { &self.form.day };
        let mut fields = vec![Field::date(DAY, label, Some(on), Lean::Past).required()];
        for (id, field) in self.asked() {
            let value = with.and_then(|entry| entry.answer(&field.key));
            match field.ask {
                FieldAsk::Substances => fields.extend(self.of_test(id, field, value)),
                _ => fields.push(one(id, field, value)),
            }
        }
        fields
    }

    /// The panel and its substances; of a test that is there already only the substances of which something can come.
    fn of_test(&self, id: &'static str, field: &ShortField, value: Option<&ShortValue>) -> Vec<Field> {
        let (panel, results) = match value {
            Some(ShortValue::Substances(panel, all)) => (panel.as_str(), all.as_slice()),
            _ => ("", &[][..]),
        };
        let said = |name: &str| results.iter().find(|one| one.substance == name).map(|one| one.result);
        let mut fields = Vec::new();
        if !self.further {
            let names = || field.panels.iter().map(|one| &one.name);
            let chosen = match &field.panels[..] {
                // One panel is no question.
                [only] => key_of(names(), &only.name),
                _ => key_of(names(), panel),
            };
            fields.push(Field::keyed(id, &field.label, items(names()), &chosen).required());
        }
        for (id, name) in self.all_substances() {
            let offered = self.offered(name);
            let words = || offered.iter().map(|result| result.word());
            let chosen = said(name).map_or_else(String::new, |result| key_of(words(), result.word()));
            let mut one = Field::keyed(id, name, items(words()), &chosen).hint(if self.further {
                "empty: nothing new"
            } else {
                "empty: no result yet"
            });
            one.hidden = offered.is_empty();
            fields.push(one);
        }
        fields
    }

    /// What can be said of a substance.
    fn offered(&self, name: &str) -> &'static [TestResult] {
        if !self.further {
            return &TestResult::FIRST;
        }
        self.then.iter().find(|(one, _)| one == name).map_or(&[], |(_, then)| then)
    }

    /// The panel that is chosen.
    fn panel<'a>(&'a self, form: &Form) -> Option<&'a Panel> {
        let field = self.form.substances()?;
        if self.further {
            return field.panels.iter().find(|one| one.name == self.panel);
        }
        let (id, _) = self.asked().find(|(_, one)| one.ask == FieldAsk::Substances)?;
        let key = form.chosen(id).to_owned();
        keys().zip(&field.panels).find(|(one, _)| one.to_string() == key).map(|(_, panel)| panel)
    }

    /// Asks the substances of the panel that is chosen, and of what is there already those of which something can come.
    pub(super) fn shape(&self, form: &mut Form) {
        let of_panel = self.panel(form).map(|panel| panel.substances.clone()).unwrap_or_default();
        for (id, name) in self.all_substances() {
            let asked = of_panel.iter().any(|one| one == name) && !self.offered(name).is_empty();
            form.hide(id, !asked);
        }
    }

    /// The first field after the day: the day of today is usually right.
    pub(super) fn first(form: &Form) -> &'static str {
        form.fields.iter().find(|field| field.id != DAY && field.is_open()).map_or("", |field| field.id)
    }

    /// Reads the answers of the window.
    pub(super) fn read(&self, form: &Form, cx: &Cx) -> Result<Vec<ShortAnswer>, Wrong> {
        let mut answers = Vec::new();
        for (id, field) in self.asked() {
            let value = match field.ask {
                FieldAsk::Substances => self.read_test(form),
                _ => read(id, field, form, cx)?,
            };
            let (key, label) = (field.key.clone(), field.label.clone());
            answers.extend(value.map(|value| ShortAnswer { key, label, value, unit: field.unit.clone() }));
        }
        Ok(answers)
    }

    /// At first every substance of the panel, what is empty without a result; later those that were answered.
    fn read_test(&self, form: &Form) -> Option<ShortValue> {
        let panel = self.panel(form)?;
        let names = self.all_substances();
        let result = |name: &String| {
            let (id, _) = names.iter().find(|(_, one)| *one == name)?;
            let chosen = form.chosen(id);
            let found = keys().zip(self.offered(name)).find(|(key, _)| key.to_string() == chosen);
            found.map(|(_, result)| *result)
        };
        let tested = panel.substances.iter().filter_map(|name| {
            let substance = name.clone();
            match result(name) {
                Some(result) => Some(Tested { substance, result }),
                None if self.further => None,
                None => Some(Tested { substance, result: TestResult::Open }),
            }
        });
        let tested: Vec<Tested> = tested.collect();
        let says = !self.further || !tested.is_empty();
        says.then(|| ShortValue::Substances(panel.name.clone(), tested))
    }

    /// Says in the window what does not fit.
    pub(super) fn wrong(&self, unfit: Unfit) -> Wrong {
        let field = self.asked().find(|(_, field)| field.key == unfit.key).map_or("", |(id, _)| id);
        Wrong::new(field, unfit.why)
    }

    /// Whether it is asked what came later.
    pub(super) fn is_further(&self) -> bool {
        self.further
    }

    /// The form.
    pub(super) fn form(&self) -> &ShortForm {
        &self.form
    }
}

/// A field that is no test.
fn one(id: &'static str, field: &ShortField, value: Option<&ShortValue>) -> Field {
    let text = value.map(words::value).unwrap_or_default();
    let label = field.label.as_str();
    let made = match field.ask {
        FieldAsk::Text | FieldAsk::Number | FieldAsk::Substances => Field::text(id, label, &text),
        FieldAsk::Date => {
            let day = match value {
                Some(ShortValue::Day(day)) => Some(*day),
                _ => None,
            };
            Field::date(id, label, day, Lean::Past)
        }
        FieldAsk::Choice => Field::keyed(id, label, items(&field.choices), &key_of(&field.choices, &text)),
        FieldAsk::YesNo => Field::keyed(id, label, items(YES_NO), &key_of(YES_NO, &text)),
    };
    let hint = if field.hint.is_empty() { &field.unit } else { &field.hint };
    let made = made.hint(hint);
    if field.required { made.required() } else { made }
}

/// What a field says; nothing if it is empty.
fn read(id: &'static str, field: &ShortField, form: &Form, cx: &Cx) -> Result<Option<ShortValue>, Wrong> {
    let chosen = || keys().position(|key| key.to_string() == form.chosen(id));
    let typed = form.typed(id);
    Ok(match field.ask {
        FieldAsk::Number if !typed.is_empty() => {
            let why = || format!("\"{}\" is a number, such as 30 or 7.5.", field.label);
            Some(ShortValue::Number(Hundredths::parse(&typed).ok_or_else(|| Wrong::new(id, why()))?))
        }
        FieldAsk::Text if !typed.is_empty() => Some(ShortValue::Words(typed)),
        FieldAsk::Date => form.date(id, cx.today()).map(ShortValue::Day),
        FieldAsk::Choice => {
            chosen().and_then(|at| field.choices.get(at)).map(|word| ShortValue::Choice(word.clone()))
        }
        FieldAsk::YesNo => chosen().map(|at| ShortValue::Yes(at == 0)),
        FieldAsk::Text | FieldAsk::Number | FieldAsk::Substances => None,
    })
}
