namespace Ecart.Detection;

/// <summary>What a detector was given cannot be used. The message names the detector, the row or dimension, the value and the remedy.</summary>
public sealed class DetectorInputException(string message) : ArgumentException(message)
{
}
