using Ecart.Rules;

namespace Ecart.Detection;

/// <summary>An exception without effect, because its rule cannot be compiled.</summary>
/// <param name="ExceptionId">Id in the store.</param>
/// <param name="Error">What is wrong with its rule.</param>
public sealed record ExceptionNotice(long ExceptionId, RuleError Error)
{
    /// <summary>The notice in one sentence or two.</summary>
    public override string ToString() => $"Exception {ExceptionId} silences nothing: its rule is wrong. {Error}";
}
