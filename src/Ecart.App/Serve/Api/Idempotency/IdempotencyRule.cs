namespace Ecart.App.Serve.Api.Idempotency;

/// <summary>Marks endpoints that change something and may be asked again under the same key without changing it twice.</summary>
internal sealed class IdempotencyRule
{
    /// <summary>The mark.</summary>
    public static IdempotencyRule Instance { get; } = new();
}
