//! Shards of one bot in several processes, each with a store of its own: every server has exactly one that answers.
//!
//! serenity's five seconds between two shards are real time.

use std::time::Duration;

use discord_sandbox::{World, small};
use onrecord::config::Shards;
use onrecord::discord::Setup;
use onrecord::store::Store;
use tokio::time::timeout;

use crate::scene::{Plan, QUESTION, Running, planned, posts};

/// Four times what three shards take to start.
const PATIENCE: Duration = Duration::from_secs(40);
const GUILDS: u64 = 12;

#[tokio::test]
async fn four_shards_in_two_processes_answer_every_guild_once() {
    let world = World::with_guilds(GUILDS);
    let guilds: Vec<_> = world.guilds.iter().map(|guild| (guild.id.0 >> 22, guild.channels[0].id)).collect();
    // One question each: six in twenty seconds are enough for anybody.
    let is_asker = |user: &&discord_sandbox::User| user.username.starts_with("user-");
    let askers: Vec<_> = world.users.iter().filter(is_asker).map(|user| user.id).collect();
    // Three shards take longer to start than that; as long as one more has come meanwhile, nobody gives up.
    let plan = Plan { world, patience: Duration::from_secs(8), ..Plan::default() };
    let (sandbox, setup, _) = planned(small::TOKEN, plan).await;
    let mut bots = Vec::new();
    for part in ["0-2/4", "3-3/4"] {
        let store = Store::in_memory().await.unwrap();
        let setup = Setup { shards: Shards::parse(part).unwrap(), store, ..setup() };
        let status = setup.status.clone();
        bots.push((Running::start(setup).await, status));
    }
    for (_, status) in &bots {
        assert!(timeout(PATIENCE, status.connected()).await.expect("all shards connect").is_some());
    }
    assert_eq!(sandbox.identifies(), 4);

    let in_guilds = guilds.iter().zip(&askers).map(|((_, channel), asker)| sandbox.mention(*channel, *asker, QUESTION));
    let mut asked: Vec<_> = in_guilds.collect();
    // Direct messages go to shard 0.
    asked.push(sandbox.dm(small::ADA, QUESTION));
    for question in &asked {
        sandbox.answer_to(*question).await;
    }
    let violations: Vec<String> = sandbox.violations().iter().map(ToString::to_string).collect();
    assert!(violations.is_empty(), "{violations:#?}");
    for (bot, _) in bots {
        // What it is about to send is sent first.
        bot.end().await;
    }
    assert_eq!(posts(&sandbox), asked.len());
    let mut homes: Vec<u64> = guilds.iter().map(|(guild, _)| guild % 4).collect();
    homes.sort_unstable();
    homes.dedup();
    assert_eq!(homes, [0, 1, 2, 3], "every shard has guilds");
}
