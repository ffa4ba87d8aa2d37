use super::{
    phase::Phase,
    plan::{Plan, named, sides},
};
use crate::{
    compare::Change,
    operation::{CreateFunction, DropFunction, FunctionName, Operation},
    schema::{FunctionSignature, Object},
};

impl Plan<'_> {
    pub(super) fn mend_function(&mut self, signature: &FunctionSignature, change: &Change) {
        let (drop, create) = sides(change);
        let replace = drop && create && self.can_be_replaced(signature);
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

    /// What a function takes and returns cannot be replaced, all else can.
    fn can_be_replaced(&self, signature: &FunctionSignature) -> bool {
        self.differences.iter().all(|difference| match &difference.object {
            Object::Function(other) if other == signature => {
                matches!(
                    difference.change,
                    Change::Property { property: "body" | "options" | "language", .. }
                )
            }
            _ => true,
        })
    }
}
