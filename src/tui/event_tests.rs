use super::*;
use crossterm::event::MouseEvent;

fn press(c: char) -> Event {
    Event::Key(KeyCode::Char(c).into())
}

fn esc() -> Event {
    Event::Key(KeyCode::Esc.into())
}

fn typed(text: &str) -> Vec<Event> {
    text.chars().map(press).collect()
}

fn keys(inputs: &[Input]) -> Vec<String> {
    inputs
        .iter()
        .map(|input| match input {
            Input::Key(press) => press.to_string(),
            other => format!("{other:?}"),
        })
        .collect()
}

/// Feeds each batch at its time, then lets all time pass.
fn hear(batches: &[(u64, Vec<Event>)]) -> Vec<Input> {
    let mut joiner = Joiner::default();
    let mut heard = Vec::new();
    for (now, batch) in batches {
        heard.extend(joiner.feed(batch, *now));
    }
    heard.extend(joiner.expire(u64::MAX));
    heard
}

#[test]
fn an_esc_alone_is_an_esc_after_25_ms_and_not_before() {
    let mut joiner = Joiner::default();
    assert_eq!(joiner.feed(&[esc()], 100), []);
    assert_eq!(joiner.deadline(), Some(125));
    assert_eq!(joiner.expire(124), []);
    assert_eq!(keys(&joiner.expire(125)), ["esc"]);
    assert_eq!(joiner.deadline(), None);
}

#[test]
fn a_sequence_that_arrives_split_is_one_key() {
    for (rest, want) in [
        ("[A", "up"),
        ("OA", "up"),
        ("[1;5C", "ctrl-right"),
        ("[1;2D", "shift-left"),
        ("[3~", "delete"),
        ("[Z", "shift-tab"),
        ("[20~", "f9"),
        ("[24~", "f12"),
        ("[15~", "f5"),
        ("OS", "f4"),
        ("[[A", "f1"),
        ("[[E", "f5"),
        ("[H", "home"),
        ("[4~", "end"),
    ] {
        assert_eq!(keys(&hear(&[(0, vec![esc()]), (24, typed(rest))])), [want], "{rest}");
        let mut one_by_one = vec![(0, vec![esc()])];
        one_by_one.extend(rest.chars().zip(1..).map(|(c, n)| (n * 20, vec![press(c)])));
        assert_eq!(keys(&hear(&one_by_one)), [want], "{rest} byte by byte");
    }
}

#[test]
fn esc_and_a_letter_within_25_ms_is_alt() {
    assert_eq!(keys(&hear(&[(0, vec![esc()]), (24, typed("b"))])), ["alt-b"]);
    assert_eq!(keys(&hear(&[(0, vec![esc()]), (25, typed("b"))])), ["esc", "b"], "a person pressed two keys");
    assert_eq!(
        keys(&hear(&[(0, vec![esc()]), (3, vec![Event::Key(KeyCode::Backspace.into())])])),
        ["alt-backspace"]
    );
    assert_eq!(keys(&hear(&[(0, vec![esc(), esc()])])), ["esc", "esc"]);
    assert_eq!(keys(&hear(&[(0, vec![esc(), Event::Key(KeyCode::Up.into())])])), ["esc", "up"]);
}

#[test]
fn a_broken_sequence_types_nothing() {
    assert_eq!(hear(&[(0, vec![esc()]), (5, typed("[1;5"))]), []);
    assert_eq!(hear(&[(0, vec![esc()]), (5, typed("[99x"))]), []);
    assert_eq!(keys(&hear(&[(0, vec![esc()]), (5, typed("["))])), ["alt-["]);
    let long = format!("[{}", "1".repeat(40));
    let heard = hear(&[(0, vec![esc()]), (5, typed(&long))]);
    assert!(heard.len() <= 1, "{heard:?}");
}

#[test]
fn a_paste_is_a_paste_and_its_line_ends_are_newlines() {
    let paste = Event::Paste("one\r\ntwo\rthree\nfour".to_owned());
    assert_eq!(hear(&[(0, vec![paste])]), [Input::Paste("one\ntwo\nthree\nfour".to_owned())]);
}

#[test]
fn a_paste_whose_begin_mark_came_split_is_still_a_paste() {
    let mut text = typed("[200~wal");
    text.push(Event::Key(KeyCode::Enter.into()));
    let heard = hear(&[(0, vec![esc()]), (4, text), (60, typed("ked"))]);
    assert_eq!(heard, [Input::Paste("wal\nked".to_owned())]);
}

#[test]
fn a_burst_is_told_from_typing() {
    let seven = hear(&[(0, typed("1234012"))]);
    assert_eq!(seven.len(), 7, "seven keys at once are keys");
    let eight = hear(&[(0, typed("12340123"))]);
    assert!(matches!(eight.as_slice(), [Input::Burst(run)] if run.len() == 8), "{eight:?}");
    let mut lines = typed("4 4");
    lines.push(Event::Key(KeyCode::Enter.into()));
    lines.extend(typed("3 3 2"));
    assert!(matches!(hear(&[(0, lines)]).as_slice(), [Input::Burst(run)] if run.len() == 9));
}

#[test]
fn a_burst_cut_into_reads_is_still_one_and_typing_after_it_is_typing() {
    let heard = hear(&[(0, typed("12340")), (10, typed("123")), (15, typed("4")), (500, typed("2"))]);
    let shapes: Vec<&str> =
        heard.iter().map(|input| if matches!(input, Input::Burst(_)) { "burst" } else { "key" }).collect();
    assert_eq!(shapes, ["key", "key", "key", "key", "key", "burst", "burst", "key"]);
}

#[test]
fn keys_of_a_fast_hand_are_not_a_burst() {
    let batches: Vec<(u64, Vec<Event>)> = (0..40).map(|n| (n * 30, typed("2"))).collect();
    assert!(hear(&batches).iter().all(|input| matches!(input, Input::Key(_))));
    let held = hear(&[(0, vec![Event::Key(KeyCode::Down.into()); 30])]);
    assert_eq!(held.len(), 30, "a held arrow is never a burst");
}

#[test]
fn the_mouse_clicks_and_wheels_and_nothing_else() {
    let mouse = |kind| Event::Mouse(MouseEvent { kind, column: 7, row: 3, modifiers: KeyModifiers::NONE });
    let heard = hear(&[(
        0,
        vec![
            mouse(MouseEventKind::Down(MouseButton::Left)),
            mouse(MouseEventKind::Up(MouseButton::Left)),
            mouse(MouseEventKind::Moved),
            mouse(MouseEventKind::Drag(MouseButton::Left)),
            mouse(MouseEventKind::Down(MouseButton::Right)),
            mouse(MouseEventKind::ScrollUp),
            mouse(MouseEventKind::ScrollDown),
        ],
    )]);
    let want = [Mouse::Click { x: 7, y: 3 }, Mouse::WheelUp, Mouse::WheelDown];
    assert_eq!(heard, want.map(Input::Mouse));
    assert_eq!(hear(&[(0, vec![esc()]), (3, typed("[<0;8;4M"))]), [Input::Mouse(want[0])]);
    assert_eq!(hear(&[(0, vec![esc()]), (3, typed("[<35;8;4M"))]), [], "motion, even asked for by nobody");
}

#[test]
fn releases_are_nothing_and_a_new_size_is_told() {
    let mut release = KeyEvent::from(KeyCode::Char('a'));
    release.kind = KeyEventKind::Release;
    assert_eq!(hear(&[(0, vec![Event::Key(release)])]), []);
    assert_eq!(hear(&[(0, vec![Event::Resize(80, 24), Event::FocusLost])]), [Input::Resize(80, 24)]);
    assert_eq!(
        keys(&hear(&[(0, vec![esc(), Event::Resize(80, 24)])]))[0],
        "esc",
        "nothing overtakes a held key"
    );
}

#[test]
fn what_was_pasted_is_never_shown_by_debug() {
    let shown = format!("{:?}", Input::Paste("I walked".to_owned()));
    assert_eq!(shown, "Paste(8 bytes)");
    let mut joiner = Joiner::default();
    joiner.feed(&[esc()], 0);
    joiner.feed(&typed("[200~I walked"), 1);
    assert!(!format!("{joiner:?}").contains("walked"));
}
