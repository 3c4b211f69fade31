namespace Ecart.MariaDb.Writing;

/// <summary>The server did not come back in time. What was committed is safe; run again to go on from there.</summary>
public sealed class StoreUnavailableException(string message, Exception cause) : Exception(message, cause)
{
}
