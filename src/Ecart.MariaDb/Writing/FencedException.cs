namespace Ecart.MariaDb.Writing;

/// <summary>Another process has taken over a lane: nothing of the batch was written. Stop, or acquire the lanes again.</summary>
public sealed class FencedException(string message) : Exception(message)
{
}
