//! What the page of how long records are kept says of a chart, and the certificate of a purge.

use crate::domain::{Purge, PurgeWhat, counted};
use crate::rules::when;
use crate::service::api::RetentionRow;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;

/// What is to be known of a chart, and what to press.
pub(super) fn chart_words(row: &RetentionRow, cx: &Cx) -> Vec<String> {
    if let Some(asked) = &row.asked {
        let key = cx.key(Action::AgreePurge, Scope::Retention);
        let on = when::short(asked.on, cx.today());
        let words = if asked.mine {
            "you asked for the purge".to_owned()
        } else {
            format!("{} asked for the purge", asked.by)
        };
        return vec![format!(
            "On {on} {words}. A second person has to agree. {key} decides, or takes it back."
        )];
    }
    if !row.hinders.is_empty() {
        return vec![row.hinders.join(" ")];
    }
    let key = cx.key(Action::AskPurge, Scope::Retention);
    vec![format!("{key} asks for the purge. Its time is over: {}.", row.rule)]
}

/// All that is known of a chart's time.
pub(super) fn about(row: &RetentionRow, cx: &Cx) -> Vec<String> {
    let mut lines = Vec::new();
    if !row.class.is_empty() {
        lines.push(format!("Class: {}. Rule: {}.", row.class, row.rule));
    }
    if let Some(on) = row.last_service {
        lines.push(format!("Last service: {}.", when::with_year(on)));
    }
    lines.push(match row.ends {
        Some(on) => format!("Kept until {}.", when::with_year(on)),
        None if row.class.is_empty() => "Its time begins once the last stay has ended.".to_owned(),
        None => "Nobody can say until when it is kept, because the birth is not known.".to_owned(),
    });
    if !row.hold.is_empty() {
        lines.push(format!("Legal hold, by {}.", row.hold));
    }
    lines.extend(chart_words(row, cx));
    lines
}

/// `Purged 29 Nov 2026 by Dana Fox and Ingrid Moe, 214 records`.
pub(super) fn done_words(purge: &Purge) -> String {
    let Some(certificate) = &purge.certificate else { return String::new() };
    let by = |what| {
        purge.said.iter().rev().find(|said| said.what == what).map_or("", |said| said.by_name.as_str())
    };
    format!(
        "Purged {}, asked for by {}, agreed to by {}. {} removed.",
        when::with_year(certificate.on),
        by(PurgeWhat::Asked),
        by(PurgeWhat::Done),
        counted(certificate.records, "record", "records")
    )
}

/// The certificate: what is left of a chart, without a word of anybody in it.
pub(super) fn certificate(purge: &Purge) -> Vec<String> {
    let Some(certificate) = &purge.certificate else { return Vec::new() };
    let highest: Vec<String> =
        certificate.highest.iter().map(|(kind, number)| format!("{kind} {number}")).collect();
    let mut lines = vec![
        format!("Certificate {} of a purge: the records of {}.", purge.number, certificate.record_no),
        done_words(purge),
        format!("Class: {}. Rule: {}.", certificate.class, certificate.rule),
        format!(
            "Last service {}; kept until {}.",
            when::with_year(certificate.last_service),
            when::with_year(certificate.ended)
        ),
        format!("The highest number of each kind: {}. None of them returns.", highest.join(", ")),
        "Copies that still held the records on that day:".to_owned(),
    ];
    lines.extend(certificate.copies.iter().map(|copy| format!("- {copy}")));
    lines
}
