namespace Ecart.MariaDb.Delivery;

/// <summary>A message that is this process's to send until its lease ends.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Claim">Under which it was taken.</param>
/// <param name="Attempt">Number of this attempt, from 1.</param>
/// <param name="Action"><c>trigger</c>, <c>acknowledge</c> or <c>resolve</c>.</param>
/// <param name="Kind"><c>alerts</c> or <c>held_back</c>.</param>
/// <param name="Severity">The worst of its alerts.</param>
/// <param name="Count">How many alerts it tells, or how many messages are held back.</param>
/// <param name="DedupKey">The thread's key.</param>
/// <param name="Domain">The thread's domain.</param>
/// <param name="EntityType">Type of the thread's entity.</param>
/// <param name="EntityId">Id of the thread's entity.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
public sealed record ClaimedDelivery(
    long Id, Guid Claim, int Attempt, string Action, string Kind, string Severity, int Count, string DedupKey, string Domain, string EntityType, string EntityId, DateTime CreatedAt)
{
    /// <summary>The first of its alerts, the oldest first.</summary>
    public IReadOnlyList<ClaimedAlert> Alerts { get; internal set; } = [];
}
