//! The first hour of an agency, from the set-up on, over the real service.

use crate::rig::Rig;
use concord::clock::{Clock, Ids};
use concord::engine::memory::MemoryEngine;
use concord::service::api::{Answer, Ask, Command, Door, LastBackup};
use concord::service::founding::Founding;
use concord::service::thread::{Ground, Office};

fn founding() -> Founding {
    Founding {
        agency: "Pine Ridge".into(),
        zone: "America/Denver".into(),
        program: "Outpatient".into(),
        set: "ASAM3".into(),
        login: "maria".into(),
        name: "Maria Lopez".into(),
        credential: String::new(),
        passphrase: Rig::secret(),
        help_now: String::new(),
        demo_hint: String::new(),
    }
}

#[test]
fn the_desk_of_a_set_up_is_furnished_as_every_other() {
    let mut office = Office::Empty(Ground {
        engine: Box::new(|| Ok(Box::new(MemoryEngine::default()))),
        clock: Clock::system("America/Denver").unwrap(),
        ids: Ids::System,
        furnish: Vec::new(),
    });
    office.furnish(Box::new(|desk| desk.set_backups(Box::new(|| None))));
    office.furnish(Box::new(|desk| desk.set_lock_after(120)));
    let mut ask = |command| office.answer(Ask { ticket: 1, epoch: 0, command }).result;
    let Ok(Answer::Founded { front, .. }) = ask(Command::Door(Door::Found(Box::new(founding())))) else {
        panic!("nothing is set up")
    };
    assert_eq!(front.front.lock_after_s, 120);
    let door = Door::SignIn { login: "maria".into(), passphrase: Rig::secret() };
    let Ok(Answer::SignedIn(session)) = ask(Command::Door(door)) else { panic!("nobody is signed in") };
    assert_eq!(session.people.last_backup, LastBackup::Never, "as after a restart");
    assert!(!session.settings.demo);
}
