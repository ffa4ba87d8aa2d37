use migrate_analysis::{check, config::Config, diagnostic::compile_error};
use proc_macro2::TokenStream;

use crate::{arguments::Arguments, emission, features, place, place::Place, refusal::refusal};

/// The expansion of `embed_migrations!(<input>)`.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let arguments: Arguments = match syn::parse2(input) {
        Ok(arguments) => arguments,
        Err(error) => return refusal(&[error.to_string()], error.span()),
    };
    let span = arguments.span();
    match embed(&arguments) {
        Ok(code) => code
            .parse()
            .unwrap_or_else(|error| refusal(&[format!("the migrations cannot be embedded: {error}")], span)),
        Err(errors) => refusal(&errors, span),
    }
}

/// The code of a call, or the errors of its directory.
fn embed(arguments: &Arguments) -> Result<String, Vec<String>> {
    let Some(package) = place::package() else {
        return Err(vec![
            "`CARGO_MANIFEST_DIR` is not set: the migrations are looked for in the package".into(),
        ]);
    };
    let mut config = Config::read(&package);
    config.features = features::enabled();
    if !arguments.databases.is_empty() {
        config.databases.clone_from(&arguments.databases);
    }
    let place = match &arguments.dir {
        Some(dir) => {
            // What the call names is not at fault in `migrate.toml`.
            config.dir = None;
            Place::named(&package, &dir.value()).map_err(|error| vec![error])?
        }
        None => Place::in_package(&package, config.dir()),
    };
    let report = check(&place.read(), &config);
    if report.is_refused() {
        return Err(compile_error::errors(&report.diagnostics));
    }
    Ok(emission::code(&report, &config, &place))
}
