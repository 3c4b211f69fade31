namespace Ecart.Domains.Network.Captures;

/// <summary>A capture is not of a form that can be read. The message says what it is and what to do.</summary>
public sealed class CaptureException : Exception
{
    /// <summary>Makes an exception with a message for a person.</summary>
    public CaptureException(string message)
        : base(message)
    {
    }
}
