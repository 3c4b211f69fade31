namespace Ecart.App.Serve.Http;

/// <summary>The ends that a posted item can come to.</summary>
internal enum PostedOutcomeKind
{
    /// <summary>The event is durable.</summary>
    Stored,

    /// <summary>It was known before.</summary>
    Known,

    /// <summary>The label is durable.</summary>
    Applied,

    /// <summary>It is among the rejected records.</summary>
    Rejected,

    /// <summary>The service ended first.</summary>
    Abandoned,
}
