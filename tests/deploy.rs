//! What is under `deploy/`, and the compose file at the top: well formed, in agreement with each other, without a secret.
//!
//! Kubernetes' own schemas are far too large to be kept here; `deploy/kubernetes.schema.json` says strictly what of them
//! the manifests use. `docker compose config` is asked where it is installed.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::print_stderr, reason = "what could not be tried is said")]

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use onrecord::config::Config;
use onrecord::config::Env;
use serde_json::Value;
use serde_json::json;

const COMPOSE: [&str; 2] = ["compose.yaml", "deploy/compose.yaml"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// One document; a doubled key is an error.
fn yaml(path: &str) -> Value {
    serde_saphyr::from_str(&text(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// The files below `deploy/` and the compose file at the top, by path from the root.
fn files() -> Vec<String> {
    let mut folders = vec![root().join("deploy")];
    let mut out = vec!["compose.yaml".to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                out.push(path.strip_prefix(root()).unwrap().to_string_lossy().into_owned());
            }
        }
    }
    out.sort();
    out
}

fn manifests() -> BTreeMap<String, Value> {
    let ours = files().into_iter().filter(|f| f.starts_with("deploy/kubernetes/") && f.ends_with(".yaml"));
    let manifests = ours.map(|file| yaml(&file)).map(|m| (m["kind"].as_str().unwrap().to_owned(), m));
    manifests.collect()
}

fn strings(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect()
}

/// What stands in the Dockerfile after an instruction, the last time it is given.
fn instruction(name: &str) -> String {
    let dockerfile = text("Dockerfile");
    let mut lines = dockerfile.lines().filter_map(|line| line.strip_prefix(name)).map(str::trim);
    lines.next_back().unwrap_or_else(|| panic!("no {name}")).to_owned()
}

#[test]
fn every_yaml_file_can_be_read() {
    let files = files().into_iter().filter(|f| f.ends_with(".yaml") || f.ends_with(".yml"));
    let read: Vec<Value> = files.map(|file| yaml(&file)).collect();
    assert!(read.len() >= 10 && read.iter().all(Value::is_object), "{} files: some are gone", read.len());
    assert!(serde_saphyr::from_str::<Value>("a: 1\na: 2").is_err(), "a doubled key is told");
}

#[test]
fn manifests_are_what_kubernetes_takes_and_no_weaker() {
    let schema: Value = serde_json::from_str(&text("tests/deploy/kubernetes.schema.json")).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let manifests = manifests();
    let kinds: Vec<&str> = manifests.keys().map(String::as_str).collect();
    assert_eq!(kinds, ["Deployment", "Kustomization", "Namespace", "NetworkPolicy", "PersistentVolumeClaim"]);
    for (kind, manifest) in &manifests {
        let definition = json!({ "$ref": format!("#/$defs/{kind}"), "$defs": schema["$defs"] });
        let why = jsonschema::draft202012::new(&definition).unwrap();
        let errors: Vec<String> = why.iter_errors(manifest).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert_eq!(errors, [""; 0], "{kind}");
        assert!(validator.is_valid(manifest), "{kind}");
    }
    let mut rows = vec![("/spec/replicas", json!(2)), ("/spec/strategy/type", json!("RollingUpdate"))];
    rows.push(("/spec/template/spec/securityContext/runAsUser", json!(0)));
    rows.push(("/spec/template/spec/containers/0/securityContext/readOnlyRootFilesystem", json!(false)));
    for (pointer, weaker) in rows {
        let mut manifest = manifests["Deployment"].clone();
        *manifest.pointer_mut(pointer).unwrap() = weaker;
        assert!(!validator.is_valid(&manifest), "{pointer}");
    }
}

#[test]
fn manifests_refer_to_what_is_there() {
    let manifests = manifests();
    let (kustomization, deployment) = (&manifests["Kustomization"], &manifests["Deployment"]);
    let resources: BTreeSet<&str> = strings(&kustomization["resources"]).into_iter().collect();
    let present: BTreeSet<String> = files()
        .iter()
        .filter_map(|f| f.strip_prefix("deploy/kubernetes/")?.strip_suffix(".yaml").map(|n| format!("{n}.yaml")))
        .collect();
    let listed: BTreeSet<String> =
        resources.iter().map(|r| (*r).to_owned()).chain(["kustomization.yaml".to_owned()]).collect();
    assert_eq!(listed, present);
    assert_eq!(kustomization["namespace"], manifests["Namespace"]["metadata"]["name"]);

    let maps = kustomization["configMapGenerator"].as_array().unwrap();
    let stories: BTreeSet<String> = strings(&maps[0]["files"]).into_iter().map(str::to_owned).collect();
    let shipped =
        fs::read_dir(root().join("knowledge")).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    let shipped = shipped.filter(|name| name.ends_with(".toml")).map(|name| format!("../../knowledge/{name}"));
    assert_eq!(stories, shipped.collect(), "every story file is a line in kustomization.yaml");

    let pod = &deployment["spec"]["template"]["spec"];
    let named: Vec<&Value> = ["/0/configMap/name", "/1/configMap/name", "/3/persistentVolumeClaim/claimName"]
        .map(|at| pod["volumes"].pointer(at).unwrap())
        .to_vec();
    let claim = &manifests["PersistentVolumeClaim"]["metadata"]["name"];
    assert_eq!(named, [&maps[0]["name"], &maps[1]["name"], claim]);
    let volumes: Vec<&Value> = pod["volumes"].as_array().unwrap().iter().map(|v| &v["name"]).collect();
    let mounts = pod["containers"][0]["volumeMounts"].as_array().unwrap();
    assert_eq!(mounts.iter().map(|m| &m["name"]).collect::<Vec<_>>(), volumes);

    let labels = &deployment["spec"]["template"]["metadata"]["labels"];
    assert_eq!(&deployment["spec"]["selector"]["matchLabels"], labels);
    assert_eq!(&manifests["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"], labels);
}

#[test]
fn paths_ports_and_people_are_those_of_the_image() {
    let deployment = &manifests()["Deployment"];
    let pod = &deployment["spec"]["template"]["spec"];
    let container = &pod["containers"][0];
    let user = instruction("USER ");
    let id = pod["securityContext"]["runAsUser"].as_u64().unwrap();
    assert_eq!(user, format!("{id}:{}", pod["securityContext"]["runAsGroup"]));
    let mounts = container["volumeMounts"].as_array().unwrap();
    let paths: Vec<&str> = mounts.iter().map(|mount| mount["mountPath"].as_str().unwrap()).collect();
    // The default folder of story files is looked for in the image's WORKDIR, the token where engines put secrets.
    assert_eq!(instruction("WORKDIR "), "/");
    assert_eq!(paths, ["/knowledge", "/etc/onrecord", "/run/secrets", "/data"]);

    let config = Config::load(Some(&root().join("deploy/kubernetes/onrecord.toml")), &Env::new()).unwrap();
    let port = config.listen.unwrap().port();
    assert!(config.listen.unwrap().ip().is_unspecified(), "probes and Prometheus come to the pod's address");
    assert_eq!(config.knowledge, Path::new("knowledge"));
    assert!(config.store.unwrap().starts_with("/data"));
    assert_eq!(container["args"], json!(["--config", "/etc/onrecord/onrecord.toml", "run"]));
    let annotations = &deployment["spec"]["template"]["metadata"]["annotations"];
    assert_eq!(container["ports"], json!([{ "name": "metrics", "containerPort": port }]));
    assert_eq!(annotations["prometheus.io/port"], port.to_string());
    assert_eq!(
        manifests()["NetworkPolicy"]["spec"]["ingress"][0]["ports"],
        json!([{ "protocol": "TCP", "port": port }])
    );
    for (probe, path) in [("startupProbe", "/healthz"), ("livenessProbe", "/healthz"), ("readinessProbe", "/readyz")] {
        assert_eq!(container[probe]["httpGet"], json!({ "path": path, "port": "metrics" }), "{probe}");
    }
}

#[test]
fn both_compose_files_run_the_same_bot() {
    let [simple, observed] = COMPOSE.map(|file| yaml(file)["services"]["onrecord"].clone());
    let alike = [
        "image",
        "user",
        "read_only",
        "cap_drop",
        "security_opt",
        "mem_limit",
        "pids_limit",
        "restart",
        "stop_grace_period",
        "secrets",
        "healthcheck",
        "logging",
    ];
    for key in alike {
        assert!(!simple[key].is_null() && simple[key] == observed[key], "{key}: {} {}", simple[key], observed[key]);
    }
    let pod = &manifests()["Deployment"]["spec"]["template"]["spec"];
    assert_eq!(simple["image"], pod["containers"][0]["image"]);
    assert_eq!(simple["user"], instruction("USER "));
    let asks = simple["healthcheck"]["test"].as_array().unwrap();
    let asked = instruction("HEALTHCHECK ");
    assert_eq!(asked.split_once("CMD ").unwrap().1, serde_json::to_string(&asks[1..]).unwrap().replace(',', ", "));
    assert_eq!(asks[1], serde_json::from_str::<Value>(&instruction("ENTRYPOINT ")).unwrap()[0]);
    assert!(simple.get("ports").is_none() && observed.get("ports").is_none(), "nobody calls the bot");
}

#[test]
fn metrics_find_their_way() {
    let compose = yaml("deploy/compose.yaml");
    let services = &compose["services"];
    let listen = services["onrecord"]["environment"]["ONRECORD__SERVICE__LISTEN"].as_str().unwrap();
    let (_, port) = listen.rsplit_once(':').unwrap();
    let scrape = &yaml("deploy/prometheus.yml")["scrape_configs"][0];
    assert_eq!(scrape["static_configs"][0]["targets"], json!([format!("onrecord:{port}")]));
    assert_eq!(scrape["metrics_path"], "/metrics");
    let source = &yaml("deploy/grafana/provisioning/datasources/prometheus.yaml")["datasources"][0];
    assert_eq!((&source["url"], &source["uid"]), (&json!("http://prometheus:9090"), &json!("prometheus")));
    let folder = &yaml("deploy/grafana/provisioning/dashboards/onrecord.yaml")["providers"][0]["options"]["path"];
    let mounts = strings(&services["grafana"]["volumes"]).join("\n");
    assert!(mounts.contains(&format!("./grafana/onrecord.json:{}/onrecord.json:ro", folder.as_str().unwrap())));
    // One network for all three, which leads nowhere else.
    for service in ["onrecord", "prometheus", "grafana"] {
        assert!(strings(&services[service]["networks"]).contains(&"inside"), "{service}");
        assert_eq!(services[service]["read_only"], true, "{service}");
        assert_eq!(services[service]["cap_drop"], json!(["ALL"]), "{service}");
    }
    assert_eq!(compose["networks"]["inside"]["internal"], true);
    for published in strings(&services["grafana"]["ports"]) {
        assert!(published.starts_with("127.0.0.1:"), "{published}");
    }
}

/// Whether a word has the shape of a bot token: three parts of letters, digits, - and _.
fn is_token(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    let is_part = |part: &&str| part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    parts.len() == 3 && parts.iter().all(is_part) && parts.iter().zip([20, 6, 25]).all(|(p, least)| p.len() >= least)
}

#[test]
fn there_is_no_secret_in_any_of_them() {
    assert!(is_token(&format!("{}.abcdef.{}", "a".repeat(24), "b".repeat(27))));
    for file in files() {
        for (n, line) in text(&file).lines().enumerate() {
            let mut words = line.split(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c)));
            assert!(!words.any(is_token), "{file}:{}: a token", n + 1);
            let (name, value) = line.trim().trim_start_matches("- ").split_once(':').unwrap_or_default();
            let is_named = ["TOKEN", "PASSWORD", "SECRET"].iter().any(|word| name.to_uppercase().contains(word));
            let is_value = !value.trim().is_empty() && !name.starts_with('#');
            let is_reference =
                name.ends_with("_FILE") || name == "secretName" || name == "automountServiceAccountToken";
            assert!(!(is_named && is_value) || is_reference, "{file}:{}: {line}", n + 1);
        }
    }
    assert!(!manifests().contains_key("Secret"));
}

#[test]
fn compose_agrees_where_it_is_installed() {
    let engines: [(&str, &[&str]); 2] = [("docker", &["compose"]), ("docker-compose", &[])];
    let works = |(program, first): &&(&str, &[&str])| {
        let version = Command::new(program).args(*first).arg("version").output();
        version.is_ok_and(|output| output.status.success())
    };
    let Some((program, first)) = engines.iter().find(works) else {
        eprintln!("not run: neither `docker compose` nor `docker-compose` is installed");
        return;
    };
    for file in COMPOSE {
        let output = Command::new(program).args(*first).args(["-f", file, "config", "-q"]).current_dir(root()).output();
        let output = output.unwrap();
        assert!(output.status.success(), "{file}: {}", String::from_utf8_lossy(&output.stderr));
    }
}
