//! The listener by itself: every metric there is, and that what Grafana and Prometheus are told to ask for exists.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod exposition;

use std::collections::BTreeSet;
use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use exposition::Exposition;
use onrecord::service::{Listener, Metrics, StatusBoard, keep_fresh, reloads};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::watch;

const DASHBOARD: &str = "deploy/grafana/onrecord.json";
const PREFIX: &str = "onrecord_";

async fn listening(metrics: &Metrics) -> SocketAddr {
    let listener = Listener::bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let at = listener.address().unwrap();
    tokio::spawn(listener.serve(StatusBoard::new(), metrics.clone(), std::future::pending()));
    at
}

async fn asked(at: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(at).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

/// Everything that there can be, once.
fn counted() -> Metrics {
    let metrics = Metrics::new();
    metrics.answered("answer", "server", 0.9, Duration::from_millis(20));
    metrics.failed(Some(50_013));
    metrics.shards(&[("connected", 1)]);
    metrics.loaded(1, 2, 3);
    metrics
}

async fn exported() -> Exposition {
    let answer = asked(listening(&counted()).await, "/metrics").await;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let head = head.to_lowercase();
    assert!(head.starts_with("http/1.1 200") && head.contains("application/openmetrics-text"), "{head}");
    Exposition::read(body)
}

/// The names of series, without labels.
fn names(exposition: &Exposition) -> BTreeSet<String> {
    exposition.samples.keys().map(|series| series.split('{').next().unwrap().to_owned()).collect()
}

/// What looks like a metric of this program's in a text.
fn mentioned(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    words.filter(|word| word.starts_with(PREFIX)).map(str::to_owned).collect()
}

#[tokio::test]
async fn every_family_is_there_with_its_type() {
    let mut families = exported().await.families.into_iter().collect::<Vec<_>>();
    families.sort();
    let want = [
        ("answer_seconds", "histogram"),
        ("build", "info"),
        ("confidence", "histogram"),
        ("facts", "gauge"),
        ("gaps", "gauge"),
        ("questions", "counter"),
        ("quotes", "gauge"),
        ("reconnects", "counter"),
        ("reloads", "counter"),
        ("replies_failed", "counter"),
        ("shards", "gauge"),
        ("store_errors", "counter"),
        ("stories", "gauge"),
        ("stories_left_out", "gauge"),
    ];
    assert_eq!(families, want.map(|(name, kind)| (format!("{PREFIX}{name}"), kind.to_owned())));
}

#[test]
fn labels_are_few_whatever_comes() {
    let metrics = Metrics::new();
    let codes =
        [(None, "none"), (Some(50_013), "50013"), (Some(429), "429"), (Some(50_999), "other"), (Some(7), "other")];
    for (code, _) in codes.into_iter().chain((100_000..101_000).map(|code| (Some(code), "other"))) {
        metrics.failed(code);
    }
    let told = Exposition::read(&metrics.text());
    for (code, label) in codes {
        assert!(told.value(&format!("onrecord_replies_failed_total{{code=\"{label}\"}}")) > 0.0, "{code:?}");
    }
    assert_eq!(told.samples.keys().filter(|s| s.contains("replies_failed")).count(), 4);
}

#[tokio::test]
async fn a_reload_is_counted_and_remembered() {
    let metrics = Metrics::new();
    metrics.loaded(4, 5, 6);
    let (base, _) = watch::channel(std::sync::Arc::new(0_u32));
    let (reload, requests) = reloads(Vec::new());
    let refuses = |_: &u32| Err(vec!["pier.toml:1:1: no".to_owned()]);
    tokio::spawn(keep_fresh(base, requests, None, metrics.clone(), refuses));
    assert_eq!(reload.last(), None);
    assert!(reload.now().await.is_err());
    assert_eq!(reload.last(), Some(Err(vec!["pier.toml:1:1: no".to_owned()])));
    let told = Exposition::read(&metrics.text());
    let rows = [("reloads_total{result=\"refused\"}", 1.0), ("reloads_total{result=\"ok\"}", 0.0), ("facts", 5.0)];
    for (series, value) in rows {
        assert_eq!(told.samples.get(&format!("{PREFIX}{series}")), Some(&value), "{series}");
    }
}

#[tokio::test]
async fn what_is_asked_for_is_exported() {
    let (exported, root) = (names(&exported().await), Path::new(env!("CARGO_MANIFEST_DIR")));
    let mut folders = vec![root.join("deploy")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let mentioned = mentioned(&fs::read_to_string(&path).unwrap());
            let missing: Vec<&String> = mentioned.difference(&exported).collect();
            assert!(missing.is_empty(), "{}: {missing:?} is not exported", path.display());
        }
    }
    assert!(!mentioned("rate(onrecord_nothing_total[5m])").is_subset(&exported), "the check can fail");
}

#[tokio::test]
async fn the_dashboard_shows_everything() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(DASHBOARD)).unwrap();
    let dashboard: Value = serde_json::from_str(&text).unwrap();
    let mut shown = BTreeSet::new();
    for panel in dashboard["panels"].as_array().unwrap() {
        let title = panel["title"].as_str().unwrap();
        assert_eq!(panel["datasource"]["uid"], "prometheus", "{title}");
        assert!(!panel["description"].as_str().unwrap().is_empty(), "{title}");
        for target in panel["targets"].as_array().unwrap() {
            shown.extend(mentioned(target["expr"].as_str().unwrap()));
        }
    }
    let family = |name: &String| {
        let suffixes = ["_total", "_bucket", "_sum", "_count", "_info"];
        suffixes.iter().find_map(|suffix| name.strip_suffix(suffix)).unwrap_or(name).to_owned()
    };
    let shown: BTreeSet<String> = shown.iter().map(family).collect();
    let families: BTreeSet<String> = exported().await.families.into_keys().collect();
    assert_eq!(shown, families);
}
