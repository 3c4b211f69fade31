namespace Ecart.Detection.Streaming.Entities;

/// <summary>The vector of an event by its domain's layout.</summary>
/// <typeparam name="TContext">What the domain knows when it scores the event.</typeparam>
internal delegate ReadOnlySpan<float> LayoutVector<TContext>(in TContext context)
    where TContext : allows ref struct;
