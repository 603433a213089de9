//! Layers 2 and 3: Discord's own description of its API, where DISCORD_OPENAPI names the file.
//! The file is read once in a process. Without it nothing is checked here, and `Layers` says so.

mod properties;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jsonschema::{Registry, Validator};
use serde_json::{Value, json};

use crate::rest::{Call, Operation, Refused, Route};
use crate::rules::Broken;

/// The variable that names the file.
const VARIABLE: &str = "DISCORD_OPENAPI";
/// The name under which the whole file is registered.
const URN: &str = "urn:discord";
/// How much of a long message by the validator is of use.
const LONGEST_DETAIL: usize = 400;

/// Whether layers 2 and 3 run, and if not, why.
#[derive(Clone, Copy)]
pub(crate) struct Layers(&'static Result<Schema, String>);

struct Schema {
    file: Value,
    registry: Registry<'static>,
    operations: usize,
    /// One for each request body that was seen, because building one takes a while.
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

impl Layers {
    /// Reads the file that the environment names, the first time that it is asked.
    pub(crate) fn from_env() -> Self {
        static LOADED: OnceLock<Result<Schema, String>> = OnceLock::new();
        Self(LOADED.get_or_init(|| {
            let path = std::env::var_os(VARIABLE).ok_or_else(|| format!("{VARIABLE} is not set"))?;
            let text = std::fs::read_to_string(path).map_err(|error| format!("{VARIABLE}: {error}"))?;
            Schema::read(&text).map_err(|error| format!("{VARIABLE}: {error}"))
        }))
    }
}

impl fmt::Display for Layers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Ok(schema) => {
                write!(f, "discord-sandbox: schema layers 2 and 3 ran, {} operations", schema.operations)
            }
            Err(why) => write!(f, "discord-sandbox: schema layers 2 and 3 did not run: {why}"),
        }
    }
}

impl Schema {
    fn read(text: &str) -> Result<Self, String> {
        let file: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let paths = file["paths"].as_object().ok_or("it has no paths")?;
        let methods = ["get", "put", "post", "patch", "delete"];
        let operations =
            paths.values().map(|path| methods.iter().filter(|method| path.get(method).is_some()).count()).sum();
        let registry = Registry::new()
            .add(URN, file.clone())
            .and_then(|registry| registry.prepare())
            .map_err(|error| error.to_string())?;
        Ok(Self { file, registry, operations, validators: Mutex::default() })
    }

    /// The validator of what a JSON pointer leads to.
    fn validator(&self, pointer: &str) -> Result<Arc<Validator>, String> {
        let mut known = self.validators.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(validator) = known.get(pointer) {
            return Ok(Arc::clone(validator));
        }
        let fragment = pointer.replace('{', "%7B").replace('}', "%7D");
        let schema = json!({"$ref": format!("{URN}#{fragment}")});
        let built = jsonschema::options()
            .with_registry(&self.registry)
            .should_validate_formats(true)
            .build(&schema)
            .map_err(|error| error.to_string())?;
        let validator = Arc::new(built);
        known.insert(pointer.to_owned(), Arc::clone(&validator));
        Ok(validator)
    }
}

/// Checks a request's body, if there is a file and it describes one.
pub(crate) fn check(layers: &Layers, route: &Route, call: &Call) -> Result<(), Broken> {
    let (Ok(schema), Some(body)) = (layers.0, &call.body) else {
        return Ok(());
    };
    let path = route.path.replace('~', "~0").replace('/', "~1");
    let method = route.method.to_lowercase();
    let pointer = format!("/paths/{path}/{method}/requestBody/content/application~1json/schema");
    let Some(described) = schema.file.pointer(&pointer) else {
        return Ok(());
    };
    let mut body = body.clone();
    if call.is(Operation::COMMANDS) {
        reconcile(&mut body);
    }
    let broken = |layer, rule, refused| Broken { layer, rule, refused };
    let validator = schema.validator(&pointer).map_err(|why| broken(2, "schema", Refused::bot(500, 0, why)))?;
    if let Some(error) = validator.iter_errors(&body).next() {
        let path = error.instance_path().to_string().trim_start_matches('/').replace('/', ".");
        let detail: String = error.to_string().chars().take(LONGEST_DETAIL).collect();
        let path = if path.is_empty() { "body".to_owned() } else { path };
        return Err(broken(2, "schema", Refused::form(path, detail)));
    }
    match properties::unknown(&schema.file, described, &body) {
        Some(path) => Err(broken(3, "unknown property", Refused::form(path, "Discord does not know it"))),
        None => Ok(()),
    }
}

/// What the documents say and the description does not: `default_member_permissions` is a string (the
/// description has an integer), and a command may be `nsfw` (the description does not know the key).
fn reconcile(body: &mut Value) {
    match body {
        Value::Array(commands) => commands.iter_mut().for_each(reconcile),
        Value::Object(command) => {
            command.remove("nsfw");
            if let Some(bits) = command.get_mut("default_member_permissions") {
                let number = bits.as_str().and_then(|text| text.parse::<u64>().ok());
                *bits = number.map_or_else(|| bits.take(), Value::from);
            }
        }
        _ => {}
    }
}
