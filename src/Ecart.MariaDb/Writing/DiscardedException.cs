namespace Ecart.MariaDb.Writing;

/// <summary>An earlier batch failed, so this one was rolled back: nothing of it was written.</summary>
public sealed class DiscardedException(Exception cause) : Exception("An earlier batch was not committed: " + cause.Message, cause)
{
}
