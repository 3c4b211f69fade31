using Ecart.Events;

namespace Ecart.MariaDb.Writing;

/// <summary>What became of a batch that is durable.</summary>
/// <param name="Refused">
/// Rows that the server refused; they are in the rejected table instead. When there are any, the state that was scored with them is not the fold of
/// the log: build it again from the store.
/// </param>
public sealed record CommitOutcome(IReadOnlyList<RejectedRecord> Refused)
{
    internal static CommitOutcome Clean { get; } = new([]);
}
