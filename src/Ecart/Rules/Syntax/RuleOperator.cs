namespace Ecart.Rules.Syntax;

/// <summary>A comparison of two values.</summary>
internal enum RuleOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
