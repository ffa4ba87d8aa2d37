mod faults;
mod mortal;
