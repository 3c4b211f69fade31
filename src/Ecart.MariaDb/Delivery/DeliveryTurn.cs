namespace Ecart.MariaDb.Delivery;

/// <summary>What a turn gave.</summary>
/// <param name="Claimed">Messages to send.</param>
/// <param name="HeldBack">Messages that wait for the rate limit.</param>
/// <param name="Lost">Finished messages whose lease had ended: another process may send them again.</param>
public sealed record DeliveryTurn(IReadOnlyList<ClaimedDelivery> Claimed, int HeldBack, int Lost);
