//! `kill -9` at any moment: what a member was told is counted is counted, and nothing is that nobody pressed.
//!
//! One sandbox and one store file outlive 200 processes of the shipped binary; a generator with a fixed seed says after
//! which request each of them dies.

use std::path::Path;
use std::process::Stdio;

use discord_sandbox::{Clock, Sandbox, Sent, Snowflake, World, small};
use onrecord::store::{Server, Store};
use tokio::process::Child;

use crate::process::{lines_until, onrecord};
use crate::scene::{ELSEWHERE, button};

const KILLS: usize = 200;
/// Things that members do at once; a process dies while they are answered.
const AT_ONCE: usize = 6;
/// Before a process is connected it asks for the gateway twice and looks at the commands.
const OF_START: usize = 3;
/// What a press is acknowledged with.
const COUNTED: &str = "Thank you, that is counted.";
const STORY: &str = "piz-serac-railway.toml";
const KNOWN: &str = "How many battery trains has the railway ordered?";
const MEMBERS: [Snowflake; 3] = [small::ADA, small::BEN, small::MOD];
const LABELS: [&str; 2] = ["Helpful", "Not helpful"];

/// SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }
}

/// What members did, whatever became of it: presses with the number of their label, and unanswerable questions.
#[derive(Default)]
struct Done {
    presses: Vec<(Snowflake, usize)>,
    questions: u64,
}

impl Done {
    /// Presses with a label, and those of them that were acknowledged.
    fn of(&self, sandbox: &Sandbox, label: usize) -> (u64, u64) {
        let pressed = self.presses.iter().filter(|press| press.1 == label);
        let told = |sent: &Sent| sent.content().starts_with(COUNTED);
        let acknowledged = pressed.clone().filter(|press| sandbox.replies_to(press.0).iter().any(told));
        (pressed.count() as u64, acknowledged.count() as u64)
    }
}

/// A process with a small story, which is read in no time.
fn started(sandbox: &Sandbox, folder: &Path) -> Child {
    let mut command = onrecord(sandbox, "off", "run", small::TOKEN);
    command.env("ONRECORD__STORE__FILE", folder.join("store.db")).arg("--knowledge").arg(folder);
    command.stderr(Stdio::null()).spawn().unwrap()
}

async fn connected(sandbox: &Sandbox, folder: &Path) -> Child {
    let mut bot = started(sandbox, folder);
    lines_until(&mut bot, "invite the bot").await;
    bot
}

/// A folder with a story, and a store in which a server collects.
async fn prepared() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let stories = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories");
    std::fs::copy(stories.join(STORY), folder.path().join(STORY)).unwrap();
    let store = Store::open(&folder.path().join("store.db")).await.unwrap();
    store.save_server(&Server { collects: true, ..Server::new(small::GUILD.0) }).await.unwrap();
    store.close().await;
    folder
}

/// Members press and ask all at once; no one presses the same twice.
fn act(sandbox: &Sandbox, cards: &[Sent], random: &mut Random, done: &mut Done) {
    for at in 0..AT_ONCE {
        let (member, card) = (MEMBERS[at % MEMBERS.len()], &cards[at / MEMBERS.len()]);
        if random.below(3) == 0 {
            sandbox.mention(small::GENERAL, member, ELSEWHERE);
            done.questions += 1;
            continue;
        }
        let label = random.below(LABELS.len());
        let id = button(card, LABELS[label]).unwrap();
        done.presses.push((sandbox.button(member, card.message.unwrap(), &id).id, label));
    }
}

#[tokio::test]
async fn what_is_acknowledged_survives() {
    let folder = prepared().await;
    let sandbox = Sandbox::start(World::small(), Clock::new()).await.unwrap();
    let mut bot = connected(&sandbox, folder.path()).await;
    sandbox.registered().await;
    let mut cards = Vec::new();
    for _ in 0..AT_ONCE / MEMBERS.len() {
        let question = sandbox.mention(small::GENERAL, small::ADA, KNOWN);
        cards.push(sandbox.answer_to(question).await);
    }
    let (mut random, mut done) = (Random(1), Done::default());
    for kill in 0..KILLS {
        if kill > 0 {
            bot = connected(&sandbox, folder.path()).await;
        }
        let before = sandbox.counts().requests;
        act(&sandbox, &cards, &mut random, &mut done);
        sandbox.requested(before + random.below(AT_ONCE + 1)).await;
        bot.kill().await.unwrap();
        if random.below(4) == 0 {
            // One more, which dies while it starts.
            let before = sandbox.counts().requests;
            let mut bot = started(&sandbox, folder.path());
            sandbox.requested(before + random.below(OF_START + 1)).await;
            bot.kill().await.unwrap();
        }
    }
    agree(&sandbox, folder.path(), &done).await;
}

/// The database opens, and counts lie between what was acknowledged and what was done.
async fn agree(sandbox: &Sandbox, folder: &Path, done: &Done) {
    let store = Store::open(&folder.join("store.db")).await.expect("the store opens");
    let feedback = store.feedback(Some(small::GUILD.0)).await.unwrap();
    assert_eq!(feedback.len(), 1, "one statement was judged: {feedback:?}");
    for (label, counted) in [feedback[0].helpful, feedback[0].unhelpful].into_iter().enumerate() {
        let (pressed, acknowledged) = done.of(sandbox, label);
        assert!(acknowledged <= counted && counted <= pressed, "{acknowledged} <= {counted} <= {pressed}");
        assert!(
            0 < acknowledged && acknowledged < pressed,
            "some are killed before they are acknowledged, and some not"
        );
    }
    let gaps = store.gaps(Some(small::GUILD.0)).await.unwrap();
    let kept: u64 = gaps.iter().map(|gap| gap.unanswered).sum();
    assert!(0 < kept && kept <= done.questions, "{gaps:?}");
    let violations = sandbox.violations();
    assert!(violations.is_empty(), "{violations:?}");
}
