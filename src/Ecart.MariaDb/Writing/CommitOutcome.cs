namespace Ecart.MariaDb.Writing;

/// <summary>What became of a batch.</summary>
/// <param name="Refused">
/// Events whose rows the server refused; none when the batch is durable. When there are any, nothing of the batch was written, because the others
/// were scored as if these had happened: build the state again from the store and score them without.
/// </param>
public sealed record CommitOutcome(IReadOnlyList<RefusedEvent> Refused)
{
    internal static CommitOutcome Clean { get; } = new([]);
}
