"""Crawford and Sobel (1982), Strategic Information Transmission."""
