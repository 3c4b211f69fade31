namespace Ecart.Client.Exceptions;

/// <summary>Which exceptions to list; what is left out does not matter.</summary>
public sealed record ExceptionFilter
{
    /// <summary>Of this domain.</summary>
    public string? Domain { get; init; }

    /// <summary>In this state.</summary>
    public ExceptionState? State { get; init; }

    /// <summary>For this entity.</summary>
    public string? EntityId { get; init; }

    /// <summary>That hold this text.</summary>
    public string? Text { get; init; }
}
