using Ecart.Alerting.Messages;

namespace Ecart.Alerting.Targets;

/// <summary>Where messages go. Thread-safe: several may be sent at once.</summary>
public interface IAlertTarget : IAsyncDisposable
{
    /// <summary>Sends a message once.</summary>
    /// <returns>What became of it. A failure of the outside world is no exception, and no text of it holds a secret.</returns>
    Task<DeliveryOutcome> SendAsync(AlertMessage message, CancellationToken cancellationToken);
}
