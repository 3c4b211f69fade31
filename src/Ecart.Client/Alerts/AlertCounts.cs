namespace Ecart.Client.Alerts;

/// <summary>How many alerts there are.</summary>
/// <param name="Counts">By status.</param>
/// <param name="CountedUpTo">A count of this says that there are as many or more.</param>
public sealed record AlertCounts(IReadOnlyDictionary<string, int> Counts, int CountedUpTo);
