namespace Ecart.MariaDb.Exceptions;

/// <summary>Which domain an alert belongs to. Thread-safe.</summary>
public sealed class AlertDomain(string connectionString)
{
    private readonly PooledStore store = new(connectionString);

    /// <summary>Finds it; null when there is no such alert.</summary>
    public async Task<string?> FindAsync(long alertId, CancellationToken cancellationToken) =>
        (await store.ReadAsync("SELECT domain FROM anomaly_alerts WHERE alert_id = @alert", row => row.GetString(0), cancellationToken, ("@alert", alertId)).ConfigureAwait(false))
        is [var found] ? found : null;
}
