namespace Ecart.MariaDb.Exceptions;

/// <summary>Which exceptions are listed. Null is any.</summary>
public sealed record ExceptionFilter
{
    /// <summary>The domain.</summary>
    public string? Domain { get; init; }

    /// <summary>Where they stand.</summary>
    public ExceptionState? State { get; init; }

    /// <summary>The entity that they name.</summary>
    public string? EntityId { get; init; }

    /// <summary>Part of their reason or rule.</summary>
    public string? Text { get; init; }

    /// <summary>Those of lower numbers only: where a list goes on.</summary>
    public long? Before { get; init; }

    /// <summary>Most rows.</summary>
    public int Most { get; init; } = 50;
}
