namespace Ecart.Streaming.Tests.Live;

/// <summary>The five things that a receipt can be told.</summary>
internal enum Told
{
    Stored,
    Known,
    Applied,
    Rejected,
    Abandoned,
}
