namespace Ecart.Rules;

/// <summary>Collects the windows that rules ask for while they are compiled; the same window is there once. Not thread-safe.</summary>
public sealed class RuleWindowPlan
{
    private readonly List<RuleWindow> windows = [];

    /// <summary>The windows; their positions are those of their values.</summary>
    public IReadOnlyList<RuleWindow> Windows => windows;

    internal int Add(RuleWindow window)
    {
        int position = windows.IndexOf(window);
        if (position >= 0) return position;
        windows.Add(window);
        return windows.Count - 1;
    }
}
