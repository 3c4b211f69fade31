namespace Ecart.MariaDb.Writing;

/// <summary>The server did not come back in time. What was committed is safe; run again to go on from there.</summary>
public sealed class StoreUnavailableException(string message, Exception cause) : Exception(message, cause)
{
    /// <summary>The exception after a time of failures.</summary>
    public static StoreUnavailableException After(TimeSpan time, Exception cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return new StoreUnavailableException(
            $"The store has failed for {time.TotalSeconds:F0} s: {cause.Message} Everything up to the last commit is safe; "
            + "correct the cause and run again to go on from there.",
            cause);
    }
}
