namespace Ecart.MariaDb.Reading;

/// <summary>What the values of a signal of a device usually are, by its published profile.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">Their standard deviation.</param>
public readonly record struct UsualValues(double Mean, double Deviation);
