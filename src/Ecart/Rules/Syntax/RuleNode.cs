namespace Ecart.Rules.Syntax;

/// <summary>A part of an expression as it was written.</summary>
/// <param name="Offset">First character of the part, from 0; for an operation that of its operator's word or sign.</param>
internal abstract record RuleNode(int Offset);

internal sealed record NumberNode(int Offset, double Value) : RuleNode(Offset);

internal sealed record TextNode(int Offset, string Value) : RuleNode(Offset);

internal sealed record TruthNode(int Offset, bool Value) : RuleNode(Offset);

internal sealed record FieldNode(int Offset, string Name) : RuleNode(Offset);

/// <summary>A function of its arguments.</summary>
internal sealed record CallNode(int Offset, string Name, IReadOnlyList<RuleNode> Arguments) : RuleNode(Offset);

/// <summary>A span of time, as "5m", which only functions take.</summary>
internal sealed record SpanNode(int Offset, TimeSpan Value, string Text) : RuleNode(Offset);

/// <summary>The parts joined by "and", or by "or".</summary>
internal sealed record LogicNode(int Offset, bool IsAnd, IReadOnlyList<RuleNode> Parts) : RuleNode(Offset);

internal sealed record NotNode(int Offset, RuleNode Operand) : RuleNode(Offset);

internal sealed record CompareNode(int Offset, RuleOperator Operator, RuleNode Left, RuleNode Right) : RuleNode(Offset);

internal sealed record BetweenNode(int Offset, RuleNode Operand, RuleNode Low, RuleNode High) : RuleNode(Offset);

internal sealed record InNode(int Offset, RuleNode Operand, IReadOnlyList<RuleNode> Items) : RuleNode(Offset);

/// <summary>Operand starts with the argument, or contains it.</summary>
internal sealed record TextTestNode(int Offset, bool IsPrefix, RuleNode Operand, RuleNode Argument) : RuleNode(Offset);

internal sealed record IsNullNode(int Offset, RuleNode Operand) : RuleNode(Offset);

internal sealed record NegateNode(int Offset, RuleNode Operand) : RuleNode(Offset);

/// <summary>A first part, and others added, subtracted, multiplied or divided from left to right.</summary>
internal sealed record ArithmeticNode(int Offset, RuleNode First, IReadOnlyList<ArithmeticStep> Steps) : RuleNode(Offset);

internal readonly record struct ArithmeticStep(char Operator, RuleNode Operand);
