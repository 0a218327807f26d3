import {
  ConstantNodeDependencies,
  create,
  FunctionNodeDependencies,
  OperatorNodeDependencies,
  SymbolNodeDependencies,
} from "mathjs/number";

/** mathjs' expression nodes alone: its ready-made instance builds hundreds of functions that nothing here calls. */
export const { ConstantNode, FunctionNode, OperatorNode, SymbolNode } = create({
  ...ConstantNodeDependencies,
  ...FunctionNodeDependencies,
  ...OperatorNodeDependencies,
  ...SymbolNodeDependencies,
});
