using System.Diagnostics.CodeAnalysis;

namespace Ecart.Client;

/// <summary>What became of one item of several.</summary>
/// <typeparam name="TAnswer">Its answer.</typeparam>
/// <param name="Status">The HTTP status that it would have had alone.</param>
/// <param name="Answer">The answer; null for a problem.</param>
/// <param name="Problem">Why it was not done; null for an answer.</param>
public sealed record ItemResult<TAnswer>(int Status, TAnswer? Answer, Problem? Problem)
    where TAnswer : class
{
    /// <summary>Whether there is an answer.</summary>
    [MemberNotNullWhen(true, nameof(Answer))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool IsDone => Answer is not null;
}
