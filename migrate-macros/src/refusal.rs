use proc_macro2::{Span, TokenStream, TokenTree};

/// The expansion of a call that is refused: the errors, and a graph that answers any id, so that no second error
/// follows the first.
pub(crate) fn refusal(errors: &[String], span: Span) -> TokenStream {
    let errors: String = errors.iter().map(|error| format!("::core::compile_error!({error:?});")).collect();
    let code = format!("{{ {errors} ::migrate_runtime::__private::stub() }}");
    code.parse().map_or_else(|_| TokenStream::new(), |tokens| at(tokens, span))
}

/// The tokens, as if they stood at a place of the user's code.
fn at(tokens: TokenStream, span: Span) -> TokenStream {
    let placed = tokens.into_iter().map(|mut token| {
        if let TokenTree::Group(group) = &token {
            let mut inner = proc_macro2::Group::new(group.delimiter(), at(group.stream(), span));
            inner.set_span(span);
            return TokenTree::Group(inner);
        }
        token.set_span(span);
        token
    });
    placed.collect()
}
