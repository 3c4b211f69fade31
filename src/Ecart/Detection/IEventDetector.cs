using Ecart.Scoring;

namespace Ecart.Detection;

/// <summary>
/// One way of finding an event strange. Stateless: everything it looks at is in the context, so one instance serves every
/// thread.
/// </summary>
/// <typeparam name="TContext">What a domain knows when it scores an event.</typeparam>
public interface IEventDetector<TContext>
    where TContext : allows ref struct
{
    /// <summary>Adds its evidence to the verdict, or nothing when it has no opinion.</summary>
    void Evaluate(in TContext context, Verdict verdict);
}
