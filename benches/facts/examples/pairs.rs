//! How much typing errors cost: the share of questions whose right fact is first, and of the same questions typed well.
//!
//! `cargo run --release --example pairs -- CLEAN.jsonl.gz TYPED.jsonl.gz`, each a task of `onrecord rank` with
//! `NAME.gold.jsonl.gz` beside it. A question typed badly is paired with the one of the same base and facts that has most of
//! its words in their places.

use std::collections::{BTreeSet, HashMap};
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};

use flate2::read::GzDecoder;
use onrecord::evaluation::RankCase;
use serde::Deserialize;

#[derive(Deserialize)]
struct Gold {
    id: String,
    #[serde(default)]
    gold: BTreeSet<String>,
    kind: String,
}

/// A question that its base answers.
struct Asked {
    title: String,
    text: String,
    gold: BTreeSet<String>,
    right: bool,
}

fn lines(path: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let file = File::open(path).map_err(|e| format!("{path}: {e}"))?;
    let lines = BufReader::new(GzDecoder::new(file)).lines();
    Ok(lines.collect::<Result<_, _>>()?)
}

fn asked(path: &str) -> Result<Vec<Asked>, Box<dyn Error>> {
    let gold_path = path.replace(".jsonl.gz", ".gold.jsonl.gz");
    let mut golds: HashMap<String, Gold> = HashMap::new();
    for line in lines(&gold_path)? {
        let gold: Gold = serde_json::from_str(&line)?;
        golds.insert(gold.id.clone(), gold);
    }
    let mut out = Vec::new();
    for line in lines(path)? {
        let title = serde_json::from_str::<serde_json::Value>(&line)?["title"].to_string();
        let case: RankCase = serde_json::from_str(&line)?;
        let ranker = case.ranker();
        for query in &case.queries {
            let Some(Gold { gold, .. }) = golds.get(&query.id).filter(|gold| gold.kind == "ans") else { continue };
            let ranked = case.rank(&ranker, query, 1).ranked;
            let right = ranked.first().is_some_and(|(fact, _)| gold.contains(*fact));
            out.push(Asked { title: title.clone(), text: query.q.clone(), gold: gold.clone(), right });
        }
    }
    Ok(out)
}

/// Words in the same place; None where the questions cannot be one.
fn alike(typed: &Asked, clean: &Asked) -> Option<usize> {
    let words = |asked: &Asked| asked.text.split_whitespace().count();
    let same = || typed.text.split_whitespace().zip(clean.text.split_whitespace()).filter(|(a, b)| a == b).count();
    let fits = typed.title == clean.title && typed.gold == clean.gold && words(typed) == words(clean);
    fits.then(same).filter(|same| same * 2 >= words(typed))
}

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let [clean, typed] = paths.as_slice() else {
        return Err("usage: pairs CLEAN.jsonl.gz TYPED.jsonl.gz".into());
    };
    let (clean, typed) = (asked(clean)?, asked(typed)?);
    let twin = |typed: &Asked| clean.iter().filter_map(|c| Some((alike(typed, c)?, c))).max_by_key(|(same, _)| *same);
    let pairs: Vec<(&Asked, &Asked)> = typed.iter().filter_map(|t| Some((t, twin(t)?.1))).collect();
    let share = |right: usize| 100.0 * right as f64 / pairs.len().max(1) as f64;
    let badly = share(pairs.iter().filter(|(t, _)| t.right).count());
    let well = share(pairs.iter().filter(|(_, c)| c.right).count());
    println!("{} of {} questions paired: typed well {well:.1} %, badly {badly:.1} %", pairs.len(), typed.len());
    println!("typed badly costs {:.1} points", well - badly);
    Ok(())
}
