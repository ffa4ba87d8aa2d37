use super::{
    phase::Phase,
    plan::{Plan, named, sides},
};
use crate::{
    compare::Change,
    operation::{CreateFunction, DropFunction, FunctionName, Operation},
    schema::FunctionSignature,
};

impl Plan<'_> {
    pub(super) fn mend_function(&mut self, signature: &FunctionSignature, change: &Change) {
        let (drop, create) = sides(change);
        // What it takes and returns cannot be replaced, all else can.
        let replace = matches!(change, Change::Property { property: "body" | "options" | "language", .. });
        let known = self.from.functions.get(signature).filter(|_| drop && !replace);
        if let Some(known) = known {
            let function =
                FunctionName { name: named(&signature.name), arguments: Some(signature.arguments.clone()) };
            let kind = Some(known.kind);
            let drop = DropFunction { functions: vec![function], kind, if_exists: false, cascade: false };
            self.add_once(Phase::DropFunction, Operation::DropFunction(drop));
        }
        if let Some(wanted) = self.to.functions.get(signature).filter(|_| create) {
            let create = CreateFunction {
                name: named(&signature.name),
                or_replace: replace,
                function: (**wanted).clone(),
            };
            self.add_once(Phase::CreateFunction, Operation::CreateFunction(Box::new(create)));
        }
    }
}
