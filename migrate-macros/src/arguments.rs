use migrate_core::Dialect;
use proc_macro2::Span;
use syn::{
    Ident, LitStr, Token,
    parse::{Parse, ParseStream},
};

/// What stands in the parentheses: a directory, if any, and databases.
pub(crate) struct Arguments {
    pub(crate) dir: Option<LitStr>,
    pub(crate) databases: Vec<Dialect>,
}

impl Arguments {
    /// Where errors are shown: the directory, or the whole call.
    pub(crate) fn span(&self) -> Span {
        self.dir.as_ref().map_or_else(Span::call_site, LitStr::span)
    }
}

impl Parse for Arguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut arguments = Self { dir: None, databases: Vec::new() };
        if input.peek(LitStr) {
            arguments.dir = Some(input.parse()?);
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        while !input.is_empty() {
            let database = database(input)?;
            if !arguments.databases.contains(&database) {
                arguments.databases.push(database);
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(arguments)
    }
}

fn database(input: ParseStream<'_>) -> syn::Result<Dialect> {
    let usage =
        "expected `embed_migrations!(\"migrations\", postgres)`: a directory, and databases without quotes";
    let Ok(name) = input.parse::<Ident>() else { return Err(input.error(usage)) };
    name.to_string().parse().map_err(|_| {
        let message =
            format!("unknown database `{name}`\nhelp: the databases are `sqlite`, `postgres`, `mysql`");
        syn::Error::new(name.span(), message)
    })
}
