namespace Ecart.Rules.Compilation;

/// <summary>A part of an expression is not what its place asks for. Leaves the compiler only as its error.</summary>
internal sealed class RuleTypeException(RuleError error) : Exception(error.ToString())
{
    public RuleError Error { get; } = error;
}
