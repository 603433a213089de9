//! A strict reader of the text that Prometheus reads (OpenMetrics 1.0): families with type and help, samples below their
//! family, an end. What a real parser would refuse, this refuses by panicking.

use std::collections::BTreeMap;

/// What one reading of `/metrics` says.
#[derive(Debug, Default)]
pub struct Exposition {
    /// Family, type.
    pub families: BTreeMap<String, String>,
    /// `name{label="value"}` as written, value.
    pub samples: BTreeMap<String, f64>,
}

impl Exposition {
    pub fn read(text: &str) -> Self {
        let lines = text.strip_suffix("# EOF\n").unwrap_or_else(|| panic!("no end in\n{text}"));
        let (mut read, mut family, mut helped) = (Self::default(), String::new(), String::new());
        for line in lines.lines() {
            match line.strip_prefix("# ").map(|rest| rest.splitn(3, ' ').collect::<Vec<_>>()).as_deref() {
                Some(["HELP", name, help]) if !help.trim().is_empty() => helped = (*name).to_owned(),
                Some(["TYPE", name, kind]) => {
                    assert!(helped == *name && is_name(name), "{line}: without help, or no name");
                    family = (*name).to_owned();
                    let before = read.families.insert(family.clone(), (*kind).to_owned());
                    assert!(before.is_none(), "{line}: twice");
                }
                Some(["UNIT", name, unit]) => assert!(*name == family && name.ends_with(&format!("_{unit}")), "{line}"),
                Some(_) => panic!("{line}: what is it?"),
                None => read.sample(line, &family),
            }
        }
        read
    }

    fn sample(&mut self, line: &str, family: &str) {
        let (series, value) = line.rsplit_once(' ').unwrap_or_else(|| panic!("{line}: no value"));
        let value: f64 = value.parse().unwrap_or_else(|_| panic!("{line}: no number"));
        let suffixes: &[&str] = match self.families.get(family).map(String::as_str) {
            Some("counter") => &["_total"],
            Some("gauge") => &[""],
            Some("histogram") => &["_bucket", "_sum", "_count"],
            Some("info") => &["_info"],
            other => panic!("{line}: of type {other:?}"),
        };
        let (name, labels) = series.split_once('{').map_or((series, ""), |(name, labels)| (name, labels));
        assert!(suffixes.iter().any(|s| name.strip_suffix(s) == Some(family)), "{line}: not of {family}");
        assert!(labels.is_empty() || labels.ends_with('}'), "{line}: labels without an end");
        for label in labels.trim_end_matches('}').split(',').filter(|l| !l.is_empty()) {
            let (label, text) = label.split_once("=\"").unwrap_or_else(|| panic!("{line}: {label}"));
            assert!(is_name(label) && text.ends_with('"') && text.matches('"').count() == 1, "{line}: {label}");
        }
        assert!(self.samples.insert(series.to_owned(), value).is_none(), "{line}: twice");
    }

    /// The value of a series; 0 where there is none yet.
    pub fn value(&self, series: &str) -> f64 {
        self.samples.get(series).copied().unwrap_or_default()
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b.is_ascii_digit())
}
