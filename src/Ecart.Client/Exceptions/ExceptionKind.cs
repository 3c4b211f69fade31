namespace Ecart.Client.Exceptions;

/// <summary>What an exception is for, as people sort them; it decides nothing.</summary>
public enum ExceptionKind
{
    /// <summary>Everything of an entity, without end.</summary>
    Whitelist,

    /// <summary>Behaviour near a known vector.</summary>
    KnownPattern,

    /// <summary>Comes into force later.</summary>
    Scheduled,

    /// <summary>For some time.</summary>
    Temporary,
}
