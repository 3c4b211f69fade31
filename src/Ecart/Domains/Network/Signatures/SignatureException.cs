namespace Ecart.Domains.Network.Signatures;

/// <summary>Signatures cannot be read or learned. The message names which, the field and what to do.</summary>
public sealed class SignatureException : Exception
{
    /// <summary>Makes an exception with a message for a person.</summary>
    public SignatureException(string message)
        : base(message)
    {
    }
}
