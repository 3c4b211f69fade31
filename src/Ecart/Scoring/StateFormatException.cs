namespace Ecart.Scoring;

/// <summary>Stored state cannot be read by this program. The message names the entity and what to do.</summary>
public sealed class StateFormatException(string message) : Exception(message)
{
}
