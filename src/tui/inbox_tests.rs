use super::*;
use crate::tui::event::Input;
use rustix::pipe::pipe;

/// With a pipe for a terminal.
fn inbox() -> (Inbox<OwnedFd>, Post, OwnedFd) {
    let (terminal, keyboard) = pipe().unwrap();
    let (inbox, post) = Inbox::new(terminal).unwrap();
    (inbox, post, keyboard)
}

fn types(keyboard: &OwnedFd, bytes: &str) {
    assert_eq!(write(keyboard, bytes.as_bytes()), Ok(bytes.len()));
}

/// A clock that goes on by 30 ms each time it is read: every wait for the rest of a sequence is over at once.
fn fast() -> impl FnMut() -> u64 {
    let mut ms = 0;
    move || {
        ms += 30;
        ms
    }
}

fn key(next: &Next) -> String {
    match next {
        Next::Msg(Msg::Input(Input::Key(press))) => press.to_string(),
        other => format!("{other:?}"),
    }
}

#[test]
fn keys_that_are_there_come_one_by_one_without_a_limit() {
    let (mut inbox, _post, keyboard) = inbox();
    types(&keyboard, "ab\x1b[A");
    let mut now = || 0;
    assert_eq!(key(&inbox.wait(None, &mut now)), "a");
    let more: Vec<_> = std::iter::from_fn(|| inbox.more(&mut now).map(Next::Msg)).collect();
    assert_eq!(more.iter().map(key).collect::<Vec<_>>(), ["b", "up"]);
}

#[test]
fn a_key_that_comes_during_a_turn_belongs_to_it() {
    let (mut inbox, _post, keyboard) = inbox();
    types(&keyboard, "a");
    assert_eq!(key(&inbox.wait(None, &mut || 0)), "a");
    types(&keyboard, "b");
    assert_eq!(inbox.more(&mut || 0).map(Next::Msg).as_ref().map(key).as_deref(), Some("b"));
    assert!(inbox.more(&mut || 0).is_none());
}

#[test]
fn an_esc_is_waited_for_and_then_is_one() {
    let (mut inbox, _post, keyboard) = inbox();
    types(&keyboard, "\x1b");
    assert_eq!(key(&inbox.wait(None, &mut fast())), "esc");
}

#[test]
fn another_thread_wakes_it_and_nothing_is_lost() {
    let (mut inbox, post, _keyboard) = inbox();
    let sender = std::thread::spawn(move || {
        for n in 0..1_000 {
            assert!(post.send(Msg::Signal(Signal::Size(n, n))));
        }
        post
    });
    for n in 0..1_000 {
        let Next::Msg(Msg::Signal(signal)) = inbox.wait(None, &mut || 0) else { panic!("a message") };
        assert_eq!(signal, Signal::Size(n, n));
    }
    let post = sender.join().unwrap();
    drop(inbox);
    assert!(!post.send(Msg::Signal(Signal::Stop)), "nobody reads it");
}

#[test]
fn the_alarm_rings_once_and_none_is_never() {
    let (mut inbox, post, _keyboard) = inbox();
    assert!(matches!(inbox.wait(Some(Duration::ZERO), &mut || 0), Next::Time));
    assert!(inbox.more(&mut || 0).is_none());
    post.send(Msg::Signal(Signal::Continue));
    assert!(matches!(inbox.wait(Some(Duration::from_hours(1)), &mut || 0), Next::Msg(_)));
    drop(post);
    assert!(matches!(inbox.wait(None, &mut || 0), Next::Closed), "the hour's alarm is no more");
}

#[test]
fn a_terminal_that_is_gone_is_told_once_and_does_not_keep_it_awake() {
    let (mut inbox, post, keyboard) = inbox();
    types(&keyboard, "a");
    drop(keyboard);
    assert_eq!(key(&inbox.wait(None, &mut || 0)), "a");
    assert!(matches!(inbox.wait(None, &mut || 0), Next::Msg(Msg::Signal(Signal::Stop))));
    assert!(inbox.more(&mut || 0).is_none());
    assert!(matches!(inbox.wait(Some(Duration::ZERO), &mut || 0), Next::Time));
    drop(post);
}
