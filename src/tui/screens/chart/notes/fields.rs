//! What the fields of a phrase hold, read from the chart that is open: the table stands in `rules::phrases::FIELDS`.
//!
//! Owns nothing. It reads what the screen has; a field it knows nothing for is a blank.

use super::Earlier;
use super::words::problem_words;
use crate::domain::{Assessment, Date, LineKind, NoteDraft, Problem, Severity};
use crate::rules::phrases::Value;
use crate::rules::plan::AnyLine;
use crate::rules::plan::agenda::{Item, agenda};
use crate::rules::plan::words::wording;
use crate::service::api::ChartView;
use crate::tui::facts::Cx;

/// Where fields are looked up.
pub(super) struct Fields<'a> {
    /// The note being written.
    pub note: &'a NoteDraft,
    /// Signed notes whose text is at hand.
    pub earlier: &'a Earlier,
    pub chart: &'a ChartView,
    pub cx: &'a Cx,
}

impl Fields<'_> {
    /// What a field holds.
    pub(super) fn get(&self, path: &str) -> Option<Value> {
        if let Some(of) = path.strip_prefix("last.note.") {
            return self.last_note(of);
        }
        let (family, of) = path.split_once('.').unwrap_or((path, ""));
        let text = match family {
            "client" => self.client(of)?,
            "episode" => self.episode(of)?,
            "service" => self.service(of)?,
            "today" => written(self.cx.today()),
            "author" => self.cx.signed_in.as_ref()?.staff.signature_name(),
            "problems" => self.problems(),
            "problem" => self.problem(of)?,
            "plan" => self.plan(of)?,
            "grid" => self.grid(of)?,
            "need" => self.needs(),
            "next" if of == "session" => self.next()?,
            _ => return None,
        };
        Some(Value { text, from: 0 })
    }

    fn client(&self, of: &str) -> Option<String> {
        let client = &self.chart.client.value;
        let wants = self.chart.wants.as_ref().map(|kept| &kept.value);
        Some(match of {
            "preferred" if client.preferred.is_empty() => client.name.given.clone(),
            "preferred" => client.preferred.clone(),
            "legal" => client.legal_name(),
            "pronouns" => client.pronouns.clone(),
            "record" => client.record_no.clone(),
            "age" => client.birth.age(self.cx.today())?.to_string(),
            "wants" => quoted(&wants?.wants),
            "why" => quoted(&wants?.why_now),
            "first" => {
                let first = wants?.first.first()?;
                let set = self.cx.set()?;
                set.dimension(*first)?.name.clone()
            }
            _ => return None,
        })
    }

    fn episode(&self, of: &str) -> Option<String> {
        let episode = self.chart.open_episode()?;
        Some(match of {
            "program" => episode.program.clone(),
            "level" => self.chart.level()?.actual.clone(),
            "admitted" => written(episode.admitted),
            "day" => (self.cx.today().days_since(episode.admitted) + 1).to_string(),
            _ => return None,
        })
    }

    fn service(&self, of: &str) -> Option<String> {
        let service = &self.note.service;
        Some(match of {
            "date" => written(service.date),
            "start" => service.start.to_string(),
            "end" => service.end().0.to_string(),
            "minutes" => service.minutes.to_string(),
            "place" => service.location.clone(),
            _ => return None,
        })
    }

    fn problems(&self) -> String {
        let links = &self.note.links;
        let active = self.chart.problems.iter().map(|kept| &kept.value).filter(|one| one.status.is_active());
        let numbers: Vec<u32> =
            if links.is_empty() { active.map(|one| one.number).collect() } else { links.clone() };
        let words = numbers.iter().map(|number| problem_words(*number, self.chart));
        let words: Vec<String> = words.map(|words| words.trim_end_matches('.').to_owned()).collect();
        words.join("; ")
    }

    /// `1`, `2.words`, `3.stage`: by place on the list.
    fn problem(&self, of: &str) -> Option<String> {
        let (place, of) = of.split_once('.').unwrap_or((of, ""));
        let place: usize = place.parse().ok()?;
        let active = self.chart.problems.iter().map(|kept| &kept.value).filter(|one| one.status.is_active());
        let problem: &Problem = active.into_iter().nth(place.checked_sub(1)?)?;
        Some(match of {
            "" if problem.wording.is_empty() => problem.words.clone(),
            "" => problem.wording.clone(),
            "words" => quoted(&problem.words),
            "stage" => problem.stage()?.word().to_owned(),
            _ => return None,
        })
    }

    /// The line of that kind which the note works on; else the first active one, under the goal that the note works on.
    fn plan(&self, of: &str) -> Option<String> {
        let kind = match of {
            "agenda" => return self.agenda_text(),
            "goal" => LineKind::Goal,
            "objective" => LineKind::Objective,
            "method" => LineKind::Method,
            _ => return None,
        };
        let plan = &self.chart.plan.plan;
        let linked = || self.note.lines.iter().filter_map(|served| plan.line(served.line));
        let goal = linked().map(AnyLine::goal).next();
        let active = plan.lines().filter(|line| line.line().state.is_active());
        let of_goal = active.filter(|line| goal.is_none_or(|goal| line.goal() == goal));
        let found = linked().chain(of_goal).find(|line| line.name().kind == kind)?;
        Some(wording(found))
    }

    /// What the plan has for today.
    pub(super) fn agenda(&self) -> Vec<Item> {
        let Some(signed_in) = &self.cx.signed_in else { return Vec::new() };
        let last = self.earlier.plan().map(|(_, section)| section.text.as_str());
        agenda(&self.chart.plan.plan, signed_in.staff.id, last, self.cx.today())
    }

    /// The same, a line each.
    fn agenda_text(&self) -> Option<String> {
        let lines: Vec<String> = self.agenda().iter().map(|item| format!("- {}", item.line())).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    /// Assessments of the agency's set, newest first.
    fn assessments(&self) -> impl Iterator<Item = &Assessment> {
        let set = self.cx.set_key();
        self.chart.assessments.iter().rev().filter(move |one| one.set == set)
    }

    fn grid(&self, of: &str) -> Option<String> {
        let (which, of) = of.split_once('.').unwrap_or((of, ""));
        let dimension = if which == "top" { self.top()? } else { which.strip_prefix('D')?.parse().ok()? };
        if which == "top" && of.is_empty() {
            return Some(dimension.to_string());
        }
        let mut rated = self.assessments().filter_map(|one| Some((one.date, one.severity(dimension)?)));
        let cell = self.assessments().find_map(|one| one.cell(dimension).filter(|cell| !cell.carried));
        Some(match of {
            "now" => self.rating(rated.next()?.1),
            "was" => {
                let (date, severity) = rated.nth(1)?;
                format!("{} ({})", self.rating(severity), written(date))
            }
            "here" => cell?.here_and_now.clone(),
            "words" => quoted(&cell?.words),
            _ => return None,
        })
    }

    /// The dimension rated highest as last assessed; of equals the first.
    fn top(&self) -> Option<u8> {
        let newest = self.assessments().next()?;
        let rated = newest.cells.iter().filter_map(|cell| Some((cell.severity?, cell.dimension)));
        let (_, dimension) = rated.max_by_key(|(severity, dimension)| (*severity, u8::MAX - dimension))?;
        Some(dimension)
    }

    /// `3 serious`.
    pub(super) fn rating(&self, severity: Severity) -> String {
        let label = self
            .cx
            .set()
            .map(|set| set.labels[usize::from(severity.digit()).min(set.labels.len() - 1)].to_lowercase());
        format!("{} {}", severity.digit(), label.unwrap_or_default()).trim_end().to_owned()
    }

    fn needs(&self) -> String {
        let open = self.chart.needs.iter().map(|kept| &kept.value).filter(|need| need.state.open());
        let words: Vec<String> = open
            .map(|need| format!("D{} {}", need.dimension.number, need.reason).trim_end().to_owned())
            .collect();
        words.join("; ")
    }

    fn next(&self) -> Option<String> {
        let next = &self.note.answers.next;
        let date = next.date.map(written);
        let time = next.time.map(|time| time.to_string());
        let words = Some(next.words.trim().to_owned()).filter(|words| !words.is_empty());
        let parts: Vec<String> = [date, time, words].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }

    fn last_note(&self, of: &str) -> Option<Value> {
        let copied =
            |note: &super::LastNote, text: &str| Value { text: text.trim().to_owned(), from: note.number };
        let last = self.earlier.last()?;
        match of {
            "date" => Some(Value { text: written(last.date), from: 0 }),
            "plan" => self.earlier.plan().map(|(note, section)| copied(note, &section.text)),
            key => last.sections.iter().find(|one| one.key == key).map(|one| copied(last, &one.text)),
        }
    }
}

/// A date as it is recorded in prose.
fn written(date: Date) -> String {
    date.naive().format("%-d %b %Y").to_string()
}

/// The client's words between quotation marks; nothing of nothing.
fn quoted(words: &str) -> String {
    let words = words.trim();
    if words.is_empty() { String::new() } else { format!("\"{words}\"") }
}
